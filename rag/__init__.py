"""From a question to a cited answer: retrieve, prompt, generate, cite, in a worker process of its own."""
