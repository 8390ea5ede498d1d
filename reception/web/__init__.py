"""The faces' common frame: pages, who may ask, sockets and the API. It decides nothing about the queue."""
