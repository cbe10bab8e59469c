"""From bytes to sheets of typed cells, in a process of its own with a limit on memory and time."""
