"""A QR code for a page, as one SVG path. It says nothing of what it is for: that stands beside it, in words."""

from functools import lru_cache

SIMPLE_MASK = 2  # choosing the best of the eight costs six times as much and helps no phone


MARGIN = 4  # modules of white round it


def drawing(url: str) -> str:
    """The code by itself, as a file to print."""
    code = qr(url)
    side = code["size"] + 2 * MARGIN
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="60mm" height="60mm" shape-rendering="crispEdges"'
        f' viewBox="{-MARGIN} {-MARGIN} {side} {side}">'
        f'<rect x="{-MARGIN}" y="{-MARGIN}" width="{side}" height="{side}" fill="#fff"/>'
        f'<path d="{code["path"]}"/></svg>\n'
    )


@lru_cache(maxsize=64)
def qr(url: str) -> dict:
    """A QR code as one SVG path: `{size, path}`, in modules."""
    import qrcode

    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=0, mask_pattern=SIMPLE_MASK)
    code.add_data(url)
    code.make(fit=True)
    runs = []
    for y, row in enumerate(code.modules):
        start = None
        for x, dark in enumerate([*row, False]):
            if dark and start is None:
                start = x
            elif not dark and start is not None:
                runs.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
                start = None
    return {"size": code.modules_count, "path": "".join(runs)}
