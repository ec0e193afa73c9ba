"""From the model to the JSON that the page gets."""
