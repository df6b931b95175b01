"""Files from a model hub, through ``huggingface_hub``.

``hf_hub_download`` begins anew after an interruption (huggingface_hub 2), so a file is streamed into our own partial
file, from where that ends.
"""

import logging
import os
import re
import time
from pathlib import Path
from typing import Final

from rag.model_files.catalogue import HubSource, ModelFile
from rag.model_files.errors import SourceFailed
from rag.model_files.progress import Meter, Stage

CONNECT_TIMEOUT_S: Final = 5.0
"""How long the hub may take to say that it has the file. Short: where a firewall swallows packets, the next source
waits for this, once for each address of the hub."""

READ_TIMEOUT_S: Final = 5.0
"""How long it may keep silent before the connection is taken up again. Short: until then, nothing stops the pull."""

TRIES: Final = 10
"""How often a connection is taken up again without a new byte, a minute in all; each byte gives all tries back."""

PAUSE_S: Final = 1.0
CHUNK: Final = 1 << 18
"""Bytes written at a time: small enough for a smooth bar and a quick stop on a slow line."""

SHA256: Final = re.compile(r"[0-9a-f]{64}")


def fetch(source: HubSource, file: ModelFile, partial: Path, meter: Meter) -> None:
    """Fetch ``file`` into ``partial``, from where it ends. Raises ``SourceFailed``; checks no checksum."""
    meter.enter(Stage.CONNECTING, "model hub")
    os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"  # read when the library is first imported
    logging.getLogger("huggingface_hub").setLevel(logging.ERROR)  # its warnings would go into the app's screen
    import httpx2
    from huggingface_hub.errors import FileMetadataError, HfHubHTTPError, HFValidationError, OfflineModeIsEnabled

    try:
        url = _locate(source, file)
        meter.enter(Stage.FETCHING, "model hub")
        _stream(url, file, partial, meter)
    except OfflineModeIsEnabled as error:
        raise SourceFailed("HF_HUB_OFFLINE is set") from error
    except (HfHubHTTPError, httpx2.HTTPStatusError) as error:
        raise SourceFailed(f"it answered with status {error.response.status_code}") from error
    except (FileMetadataError, HFValidationError) as error:
        raise SourceFailed("its answer is not that of a model hub") from error
    except httpx2.TimeoutException as error:
        raise SourceFailed("it does not answer") from error
    except httpx2.HTTPError as error:
        raise SourceFailed(f"it can't be reached ({error})") from error


def _locate(source: HubSource, file: ModelFile) -> str:
    """The file's address, after a look whether it is the pinned one."""
    from huggingface_hub import get_hf_file_metadata, hf_hub_url

    endpoint = os.environ.get("HF_ENDPOINT", "").rstrip("/") or None
    url = hf_hub_url(source.repository, file.name, revision=source.revision, endpoint=endpoint)
    found = get_hf_file_metadata(url, token=False, timeout=CONNECT_TIMEOUT_S, endpoint=endpoint)
    # A large file's ETag is its SHA-256; a small one's is a git hash, which says nothing here.
    is_other = found.etag is not None and SHA256.fullmatch(found.etag) and found.etag != file.sha256
    if is_other or (found.size is not None and found.size != file.size):
        raise SourceFailed("its file is not the pinned one")
    return url


def _stream(url: str, file: ModelFile, partial: Path, meter: Meter) -> None:
    import httpx2

    partial.touch()
    tries = TRIES
    while tries:
        before = partial.stat().st_size
        try:
            _append(url, file, partial, meter)
        except httpx2.TransportError:
            there = partial.stat().st_size
            tries = TRIES if there > before else tries - 1
            if not tries:
                raise
            meter.at(there)
            time.sleep(PAUSE_S)
        else:
            return


def _append(url: str, file: ModelFile, partial: Path, meter: Meter) -> None:
    """Append what is missing of the file. Raises ``httpx2.HTTPError`` when the connection fails."""
    import httpx2
    from huggingface_hub import get_session

    with partial.open("ab") as out:
        begin = out.tell()
        if begin == file.size:
            return
        if begin > file.size:
            begin = out.truncate(0)
        headers = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={begin}-"} if begin else {})
        with get_session().stream("GET", url, headers=headers, timeout=READ_TIMEOUT_S) as response:
            response.raise_for_status()
            if begin and not response.headers.get("Content-Range", "").startswith(f"bytes {begin}-"):
                begin = out.truncate(0)  # the server sends all of it
            for chunk in response.iter_bytes(CHUNK):
                begin += len(chunk)
                if begin > file.size:
                    raise SourceFailed("it sends more than the file should have")
                out.write(chunk)
                meter.at(begin)
        if begin < file.size:
            raise httpx2.RemoteProtocolError("the connection ended before the file did")
