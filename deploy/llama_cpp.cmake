# Read by the build of llama-cpp-python (the Makefile's CMAKE_ARGS).

# llama.cpp's own library of tools, which the package builds and never loads.
set(LLAMA_BUILD_COMMON OFF)

# Not for AMX (Intel's servers since 2023): what llama.cpp computes with it there dies of SIGILL at the
# first quantised prompt. The compiler drops the tiles' configuration, which nothing seems to read
# (llama.cpp's pull request 26954, open in November 2026).
add_compile_options($<$<COMPILE_LANGUAGE:C,CXX>:-U__AMX_INT8__>)
