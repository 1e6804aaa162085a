# SPDX-License-Identifier: Apache-2.0
# One CMake target a folder. Sources are those in the folder itself (not its sub-folders), so a new
# file needs no edit here; CONFIGURE_DEPENDS makes the build notice it.

# vigil_library(NAME LINKS target...)
function(vigil_library name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(NOT sources)  # headers only
    add_library(${name} INTERFACE)
    target_link_libraries(${name} INTERFACE vigil_options ${ARG_LINKS})
    return()
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC vigil_options ${ARG_LINKS})
endfunction()

# vigil_program(NAME LINKS target...): build/bin/NAME from this folder's files.
function(vigil_program name)
  cmake_parse_arguments(ARG "" "" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  add_executable(${name} ${sources})
  target_link_libraries(${name} PRIVATE vigil_options ${ARG_LINKS})
endfunction()

# vigil_test(NAME LABEL label LINKS target...): one GoogleTest program from this folder's *_test.cpp.
function(vigil_test name)
  cmake_parse_arguments(ARG "" "LABEL;TIMEOUT" "LINKS" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  if(NOT sources)  # a folder whose first test is still to come
    return()
  endif()
  add_executable(${name} ${sources})
  set_target_properties(${name} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/tests")
  target_link_libraries(${name} PRIVATE vigil_options ${ARG_LINKS} GTest::gmock_main GTest::gtest)
  # gtest's macros trip these.
  target_compile_options(${name} PRIVATE -Wno-sign-conversion)
  target_compile_definitions(${name} PRIVATE VIGIL_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    VIGIL_BIN_DIR="${CMAKE_BINARY_DIR}/bin")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 600)
  endif()
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES LABELS ${ARG_LABEL}
    TIMEOUT ${ARG_TIMEOUT})
endfunction()
