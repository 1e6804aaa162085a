// SPDX-License-Identifier: Apache-2.0
#include "platform/paths.h"

#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <filesystem>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "platform/file_errors.h"

namespace vigil::platform {
namespace {

bool is_file(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored);
}

bool is_directory(const std::string& path) {
  std::error_code ignored;
  return std::filesystem::is_directory(path, ignored);
}

std::string environment(const char* name) {
  const char* const value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

std::string user_folder() {
  if (const std::string data = environment("XDG_DATA_HOME"); data.starts_with('/')) {
    return data + "/vigil";
  }
  const std::string home = environment("HOME");
  return home.starts_with('/') ? home + "/.local/share/vigil" : "";
}

Result<std::string> font_path(std::string_view file_name) {
  std::vector<std::string> folders;
  // Set, it is the only place: a kiosk image (or a test) decides what there is.
  if (const std::string chosen = environment("VIGIL_FONTS"); !chosen.empty()) {
    folders = {chosen};
  } else {
    folders = {"/usr/share/fonts/truetype/noto", "/usr/share/fonts/opentype/noto",
               "/usr/share/fonts/google-noto",   "/usr/share/fonts/noto",
               "/usr/local/share/fonts",         environment("HOME") + "/.local/share/fonts"};
  }
  for (const std::string& folder : folders) {
    std::string path = fmt::format("{}/{}", folder, file_name);
    if (is_file(path)) return path;
  }
  return fail(ErrorKind::kNotFound, "fonts.missing",
              fmt::format("The font {} is not on this machine; install the package "
                          "fonts-noto-core (Debian) or set VIGIL_FONTS to the folder that has it.",
                          file_name));
}

Status check_writable(const std::string& folder) {
  std::error_code ignored;
  std::filesystem::path there = std::filesystem::absolute(folder, ignored);
  while (!std::filesystem::exists(there, ignored) && there.has_relative_path()) {
    there = there.parent_path();
  }
  if (!std::filesystem::is_directory(there, ignored)) {
    return fail(ErrorKind::kStorage, "files.not_folder",
                fmt::format("{} is no folder, so nothing can be kept there; name another one.",
                            there.string()));
  }
  if (::faccessat(AT_FDCWD, there.c_str(), W_OK | X_OK, AT_EACCESS) != 0) {
    return file_error(errno, "write into", there.string());
  }
  return {};
}

std::string program_directory() {
  std::array<char, PATH_MAX> path = {};
  const ssize_t length = ::readlink("/proc/self/exe", path.data(), path.size() - 1);
  if (length <= 0) return ".";
  const std::string whole(path.data(), static_cast<std::size_t>(length));
  const auto slash = whole.find_last_of('/');
  return slash == std::string::npos ? "." : whole.substr(0, slash);
}

std::vector<std::string> data_directories() {
  const std::string beside = program_directory();
  std::vector<std::string> found;
  for (const std::string& candidate : {environment("VIGIL_DATA"), beside + "/../share/vigil",
                                       beside + "/share/vigil", std::string("/usr/share/vigil")}) {
    if (!candidate.empty() && is_directory(candidate)) found.push_back(candidate);
  }
  return found;
}

std::string environment_language() {
  for (const char* name : {"LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"}) {
    const std::string text = environment(name);
    if (text.empty()) continue;
    const std::string code = text.substr(0, text.find_first_of("_.:@"));
    return code.size() == 2 ? code : "en";
  }
  return "en";
}

}  // namespace vigil::platform
