"""One module a report: ``fetch(reading, period, …)`` → one frozen result, which everything that shows it takes."""
