"""Films: what can be read of a match's recording, which lies in public storage for some weeks."""
