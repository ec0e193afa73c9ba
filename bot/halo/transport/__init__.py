"""What happens between a service method and the wire.

Single flight, then the caches, then aiohttp's middlewares: retry, rate limit, tokens, origin.
"""
