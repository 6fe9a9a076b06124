# Read by the build of llama-cpp-python (the Makefile's CMAKE_ARGS): without llama.cpp's own library of
# tools, which the package builds and never loads.
set(LLAMA_BUILD_COMMON OFF)
