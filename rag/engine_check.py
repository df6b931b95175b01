"""Whether llama.cpp, as it was built, runs on this processor: ``python -m rag.engine_check``.

It is compiled for the processor that it is built on. A wheel from pip's cache or from another machine may hold
instructions that this processor lacks, and dies of the first of them. So this runs in a process of its own, multiplies
two small matrices with the very kernels that a model uses, and prints what the build uses. Its exit status is 0, or
whatever it died of.
"""

import ctypes
import sys
from pathlib import Path
from typing import Final

SIDE: Final = 256
"""Rows and columns: one block of llama.cpp's quantised types."""

MEMORY: Final = 16 * 1024 * 1024
"""Bytes for the matrices and the graph, many times over."""

F32: Final = 0
WEIGHT_TYPES: Final = (0, 1, 12)
"""f32, f16 and q4_K, in the numbering of ``enum ggml_type``: what model files hold."""


class _InitParams(ctypes.Structure):
    _fields_ = (("mem_size", ctypes.c_size_t), ("mem_buffer", ctypes.c_void_p), ("no_alloc", ctypes.c_bool))


def _library(folder: Path, stem: str) -> ctypes.CDLL:
    """Load one of the libraries that llama-cpp-python brings, whatever the system's suffix for them."""
    for suffix in (".so", ".dylib", ".dll"):
        for prefix in ("lib", ""):
            file = folder / f"{prefix}{stem}{suffix}"
            if file.exists():
                return ctypes.CDLL(str(file))
    raise OSError(f"{folder} holds no {stem}")


def multiply_matrices(folder: Path) -> None:
    """Multiply a zero matrix of each weight type by another; an instruction that is lacking ends the process."""
    base, cpu = _library(folder, "ggml-base"), _library(folder, "ggml-cpu")
    pointer, whole = ctypes.c_void_p, ctypes.c_int64
    base.ggml_init.restype, base.ggml_init.argtypes = pointer, [_InitParams]
    base.ggml_new_tensor_2d.restype, base.ggml_new_tensor_2d.argtypes = pointer, [pointer, ctypes.c_int, whole, whole]
    base.ggml_get_data.restype, base.ggml_get_data.argtypes = pointer, [pointer]
    base.ggml_nbytes.restype, base.ggml_nbytes.argtypes = ctypes.c_size_t, [pointer]
    base.ggml_mul_mat.restype, base.ggml_mul_mat.argtypes = pointer, [pointer, pointer, pointer]
    base.ggml_new_graph.restype, base.ggml_new_graph.argtypes = pointer, [pointer]
    base.ggml_build_forward_expand.argtypes = [pointer, pointer]
    base.ggml_free.argtypes = [pointer]
    cpu.ggml_graph_compute_with_ctx.argtypes = [pointer, pointer, ctypes.c_int]

    for weight_type in WEIGHT_TYPES:
        context = base.ggml_init(_InitParams(MEMORY, None, False))
        weights = base.ggml_new_tensor_2d(context, weight_type, SIDE, SIDE)
        values = base.ggml_new_tensor_2d(context, F32, SIDE, SIDE)
        for tensor in (weights, values):
            ctypes.memset(base.ggml_get_data(tensor), 0, base.ggml_nbytes(tensor))
        graph = base.ggml_new_graph(context)
        base.ggml_build_forward_expand(graph, base.ggml_mul_mat(context, weights, values))
        if cpu.ggml_graph_compute_with_ctx(context, graph, 1) != 0:
            raise OSError("llama.cpp could not multiply two matrices")
        base.ggml_free(context)


def main() -> None:
    """Print the processor features that llama.cpp was built to use."""
    import llama_cpp

    llama_cpp.llama_backend_init()
    multiply_matrices(Path(llama_cpp.__file__).parent / "lib")
    features: bytes = llama_cpp.llama_print_system_info()
    sys.stdout.write(features.decode(errors="replace") + "\n")


if __name__ == "__main__":
    main()
