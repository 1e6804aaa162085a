# SPDX-License-Identifier: Apache-2.0
# What every target is compiled with.
option(VIGIL_TESTS "Build the tests" ON)
option(VIGIL_WERROR "Warnings are errors" ON)
set(VIGIL_SANITIZE "" CACHE STRING "Sanitizers, for example address,undefined")
option(VIGIL_FUZZ "Build the libFuzzer targets (clang only)" OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE RelWithDebInfo CACHE STRING "" FORCE)
endif()
set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")
# Debug information for our own frames without the cost of full -g: two cores compile this.
set(CMAKE_CXX_FLAGS_RELWITHDEBINFO "-O2 -g1")

find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

add_library(vigil_options INTERFACE)
target_include_directories(vigil_options INTERFACE "${CMAKE_SOURCE_DIR}")
target_compile_options(vigil_options INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor
  -Wold-style-cast -Wcast-align -Wunused -Woverloaded-virtual -Wimplicit-fallthrough
  $<$<BOOL:${VIGIL_WERROR}>:-Werror>
  # libstdc++ 12's std::stable_sort uses what it has itself deprecated, and clang says so.
  $<$<CXX_COMPILER_ID:Clang>:-Wthread-safety -Wno-deprecated-declarations>
  # -Wmaybe-uninitialized and friends misfire inside std::expected and std::variant on g++ 12.
  $<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized -Wno-restrict -Wno-dangling-pointer>
  -fstack-protector-strong -ffile-prefix-map=${CMAKE_SOURCE_DIR}/=)
# libstdc++ 12 offers std::expected only where __cpp_concepts says 202002, which clang 19 does.
target_compile_definitions(vigil_options INTERFACE
  $<$<NOT:$<CONFIG:Debug>>:_FORTIFY_SOURCE=2> _FILE_OFFSET_BITS=64)
target_link_options(vigil_options INTERFACE -Wl,-z,relro,-z,now)
if(VIGIL_SANITIZE)
  target_compile_options(vigil_options INTERFACE -fsanitize=${VIGIL_SANITIZE}
    -fno-omit-frame-pointer -fno-sanitize-recover=all -U_FORTIFY_SOURCE)
  target_link_options(vigil_options INTERFACE -fsanitize=${VIGIL_SANITIZE})
endif()
if(VIGIL_FUZZ)
  target_compile_options(vigil_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
