# SPDX-License-Identifier: Apache-2.0
# The parts we take from Debian (docs/dependencies.md says what for). Missing ones name the package.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)

function(vigil_part name package debian)
  separate_arguments(modules UNIX_COMMAND "${package}")
  pkg_check_modules(${name} QUIET IMPORTED_TARGET ${modules})
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "Vigil needs ${package}: install ${debian}, or let 'make build' do it.")
  endif()
  add_library(part_${name} INTERFACE)
  # SYSTEM: their headers are not held to our warnings.
  target_include_directories(part_${name} SYSTEM INTERFACE ${${name}_INCLUDE_DIRS})
  target_link_libraries(part_${name} INTERFACE PkgConfig::${name})
endfunction()

vigil_part(sodium "libsodium>=1.0.18" libsodium-dev)
# 4.5 is the first SQLCipher whose defaults we rely on; Debian 12's own 3.4.1 is refused.
vigil_part(sqlcipher "sqlcipher>=3.45" "libsqlcipher-dev (bookworm-backports)")
vigil_part(pugixml "pugixml>=1.12" libpugixml-dev)
vigil_part(zip "libzip>=1.7" libzip-dev)
vigil_part(pcre2 "libpcre2-8>=10.40" libpcre2-dev)
vigil_part(microhttpd "libmicrohttpd>=0.9.75" libmicrohttpd-dev)
vigil_part(nettle "nettle>=3.8" nettle-dev)  # MD5, SHA-1, SHA-384: where a format demands them, never for secrecy
vigil_part(curl "libcurl>=7.88" libcurl4-openssl-dev)
vigil_part(sdl "sdl2>=2.26" libsdl2-dev)
vigil_part(png "libpng" libpng-dev)
vigil_part(jpeg "libjpeg>=2.1" libjpeg62-turbo-dev)
vigil_part(gstreamer "gstreamer-app-1.0>=1.22 gstreamer-video-1.0" libgstreamer-plugins-base1.0-dev)  # camera and sound
vigil_part(dbus "dbus-1>=1.14" libdbus-1-dev)  # being put to sleep
vigil_part(qrencode "libqrencode>=4.1" libqrencode-dev)
vigil_part(zxing "zxing>=1.4" libzxing-dev)  # codes that the camera sees
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CLI11 REQUIRED)

find_path(IMGUI_INCLUDE imgui.h PATH_SUFFIXES imgui REQUIRED)
find_library(IMGUI_LIBRARY imgui REQUIRED)
add_library(part_imgui INTERFACE)
target_include_directories(part_imgui SYSTEM INTERFACE "${IMGUI_INCLUDE}")
pkg_check_modules(freetype REQUIRED IMPORTED_TARGET freetype2)
find_library(STB_LIBRARY stb)
target_link_libraries(part_imgui INTERFACE "${IMGUI_LIBRARY}" PkgConfig::freetype)
if(STB_LIBRARY)
  target_link_libraries(part_imgui INTERFACE "${STB_LIBRARY}")
endif()
