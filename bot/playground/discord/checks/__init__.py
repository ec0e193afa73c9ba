"""The checks that Discord makes on request bodies, by family."""
