# SPDX-License-Identifier: Apache-2.0
# `make package`: a Debian package for each kind of user, by CPack. Included last: it installs what
# the other files have defined.
include(GNUInstallDirs)
set(package_files "${CMAKE_SOURCE_DIR}/platform/package")

# What goes where. The tablet has no opener and the verifier no vault: each package has one program.
install(TARGETS vigil RUNTIME COMPONENT tablet)
install(DIRECTORY "${CMAKE_BINARY_DIR}/share/vigil/locale" DESTINATION share/vigil COMPONENT tablet
  FILES_MATCHING PATTERN "*.mo")
install(FILES "${package_files}/vigil.desktop" DESTINATION share/applications COMPONENT tablet)
install(FILES "${package_files}/vigil.svg" DESTINATION share/icons/hicolor/scalable/apps
  COMPONENT tablet)
install(FILES "${package_files}/vigil-kiosk.service" DESTINATION lib/systemd/system
  COMPONENT tablet)
install(FILES docs/monitor.md docs/administrator.md DESTINATION share/doc/vigil-tablet
  COMPONENT tablet)

install(TARGETS vigil-hub RUNTIME COMPONENT hub)
install(FILES "${package_files}/vigil-hub.service" DESTINATION lib/systemd/system COMPONENT hub)
install(FILES docs/administrator.md DESTINATION share/doc/vigil-hub COMPONENT hub)

install(TARGETS vigilctl RUNTIME COMPONENT office)
install(DIRECTORY forms/packs DESTINATION share/vigil COMPONENT office)
# The tablet's package owns share/vigil/locale; the samples are pictures of the tablet only.
install(DIRECTORY "${CMAKE_BINARY_DIR}/share/vigil/locale" DESTINATION share/vigil/office
  COMPONENT office FILES_MATCHING PATTERN "*.mo" PATTERN sample EXCLUDE)
install(FILES docs/coordinator.md docs/form-author.md docs/command-line.md
  DESTINATION share/doc/vigil-office COMPONENT office)

install(TARGETS vigil-verify RUNTIME COMPONENT verify)
install(FILES docs/auditor.md docs/verify-with-stock-tools.sh DESTINATION share/doc/vigil-verify
  COMPONENT verify)

# Debian wants its changelog and manual pages compressed, without a time stamp.
find_program(GZIP gzip REQUIRED)
set(made "${CMAKE_BINARY_DIR}/package")
function(compressed input output)
  configure_file("${package_files}/${input}" "${made}/${output}" @ONLY)
  execute_process(COMMAND ${GZIP} -9nfk "${made}/${output}" COMMAND_ERROR_IS_FATAL ANY)
endfunction()
compressed(changelog.in changelog)
foreach(pair IN ITEMS tablet:vigil hub:vigil-hub office:vigilctl verify:vigil-verify)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 part)
  list(GET pair 1 program)
  compressed(${program}.1 ${program}.1)
  install(FILES "${made}/changelog.gz" "${package_files}/copyright"
    DESTINATION share/doc/vigil-${part} COMPONENT ${part})
  install(FILES "${made}/${program}.1.gz" DESTINATION share/man/man1 COMPONENT ${part})
endforeach()

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME vigil)
set(CPACK_PACKAGE_VENDOR Vigil)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS
  OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_COMPONENTS_ALL tablet hub office verify)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "The Vigil developers <developers@vigil.invalid>")
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)

# vigil_package(PART SECTION s SUMMARY text DESCRIPTION text [DEPENDS ...] [RECOMMENDS ...])
function(vigil_package part)
  cmake_parse_arguments(ARG "" "SECTION;SUMMARY;DESCRIPTION;DEPENDS;RECOMMENDS;SUGGESTS" "" ${ARGN})
  string(TOUPPER ${part} upper)
  # The first line is the summary, as Debian has it.
  set(CPACK_COMPONENT_${upper}_DESCRIPTION "${ARG_SUMMARY}\n${ARG_DESCRIPTION}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_NAME vigil-${part} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_DESCRIPTION "${ARG_SUMMARY}\n${ARG_DESCRIPTION}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SECTION ${ARG_SECTION} PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_DEPENDS "${ARG_DEPENDS}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_RECOMMENDS "${ARG_RECOMMENDS}" PARENT_SCOPE)
  set(CPACK_DEBIAN_${upper}_PACKAGE_SUGGESTS "${ARG_SUGGESTS}" PARENT_SCOPE)
  set(scripts)
  foreach(script IN ITEMS postinst prerm postrm)
    if(EXISTS "${package_files}/${part}/${script}")
      list(APPEND scripts "${package_files}/${part}/${script}")
    endif()
  endforeach()
  set(CPACK_DEBIAN_${upper}_PACKAGE_CONTROL_EXTRA "${scripts}" PARENT_SCOPE)
endfunction()

# Debian 12's own SQLCipher is 3.4.1: the vault's defaults need 4.5, which its backports have.
set(sqlcipher "libsqlcipher1 (>= 4.5)")
vigil_package(tablet SECTION misc
  SUMMARY "checklists for visits to places of detention: the tablet app"
  DESCRIPTION "Takes the answers of a visit into an encrypted store without any network, asks
one question of several sources and marks where they disagree. A finished visit
is sealed to the office and can be read on the tablet no more.
.
On Debian 12 it needs libsqlcipher1 from bookworm-backports."
  DEPENDS "${sqlcipher}, fonts-noto-core, ca-certificates, adduser"
  RECOMMENDS "gstreamer1.0-plugins-base, gstreamer1.0-plugins-good, gstreamer1.0-alsa, libegl1, libgl1-mesa-dri, udev"
  SUGGESTS "vigil-office, gpsd")
vigil_package(hub SECTION net
  SUMMARY "checklists for visits to places of detention: the hub"
  DESCRIPTION "Takes sealed visits from tablets into a signed, append-only log, answers with
receipts and hands them to the office. It cannot open them."
  DEPENDS "adduser")
vigil_package(office SECTION misc
  SUMMARY "checklists for visits to places of detention: the office's tools"
  DESCRIPTION "vigilctl keeps an office's roster and keys, enrols tablets, fetches, opens and
exports visits, and checks checklists. The checklists themselves and the dated
limits of each country are in /usr/share/vigil/packs.
.
On Debian 12 it needs libsqlcipher1 from bookworm-backports."
  DEPENDS "${sqlcipher}, ca-certificates"
  RECOMMENDS "tzdata")
vigil_package(verify SECTION utils
  SUMMARY "checklists for visits to places of detention: the verifier"
  DESCRIPTION "Proves from sealed visits and the hub's log who signed what, in which order,
and what is missing, without opening anything.")

include(CPack)
