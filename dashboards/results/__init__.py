"""One module a report: ``fetch(engine, scope, period, …)`` → one frozen result, which everything that shows it takes."""
