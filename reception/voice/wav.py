"""WAV files: samples into one, and several of one format one after another."""

import io
import wave

WIDTH = 2  # bytes of a sample


def wav(samples: bytes, rate: int) -> bytes:
    """A mono file of 16-bit samples at `rate` Hz."""
    return _written((1, WIDTH, rate), samples)


def joined(files: list[bytes], pause: float) -> bytes | None:
    """One file of them all with `pause` seconds of silence between; None where their formats differ."""
    read = [_read(file) for file in files]
    formats = {shape for shape, _samples in read}
    if len(formats) != 1:
        return None
    (shape,) = formats
    channels, width, rate = shape
    silence = bytes(channels * width * round(pause * rate))
    return _written(shape, silence.join(samples for _shape, samples in read))


def seconds(file: bytes) -> float:
    """How long it plays. ValueError where it is no WAV."""
    (channels, width, rate), samples = _read(file)
    return len(samples) / (channels * width * rate)


def _read(file: bytes) -> tuple[tuple[int, int, int], bytes]:
    try:
        with wave.open(io.BytesIO(file)) as found:
            shape = found.getnchannels(), found.getsampwidth(), found.getframerate()
            return shape, found.readframes(found.getnframes())
    except (wave.Error, EOFError) as error:
        raise ValueError(f"it is no WAV: {error or 'it ends too soon'}") from error


def _written(shape: tuple[int, int, int], samples: bytes) -> bytes:
    file = io.BytesIO()
    with wave.open(file, "wb") as made:
        made.setnchannels(shape[0])
        made.setsampwidth(shape[1])
        made.setframerate(shape[2])
        made.writeframes(samples)
    return file.getvalue()
