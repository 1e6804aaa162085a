// SPDX-License-Identifier: Apache-2.0
#include "platform/file_errors.h"

#include <cerrno>
#include <system_error>

#include <fmt/format.h>

namespace vigil::platform {

std::unexpected<Error> file_error(int error_number, std::string_view doing,
                                  const std::string& path) {
  const auto say = [&](ErrorKind kind, std::string_view code, std::string_view rest) {
    return fail(kind, code, fmt::format("Could not {} {}: {}", doing, path, rest));
  };
  switch (error_number) {
    case ENOENT:
    case ENOTDIR:
      return say(ErrorKind::kNotFound, "files.not_found",
                 "there is no such file or folder; check the path.");
    case EEXIST:
    case ENOTEMPTY:
      return say(ErrorKind::kConflict, "files.exists", "it is already there; choose another name.");
    case ENOSPC:
    case EDQUOT:
      return say(ErrorKind::kStorage, "files.full",
                 "the disk is full; free some space and try again, nothing was lost.");
    case EROFS:
      return say(ErrorKind::kStorage, "files.read_only",
                 "the disk is read-only; choose another place.");
    case EACCES:
    case EPERM:
      return say(ErrorKind::kStorage, "files.permission", "this user may not; check who owns it.");
    case ELOOP:
    case EMLINK:
      return say(ErrorKind::kStorage, "files.link", "it is a symbolic link; name the file itself.");
    case EISDIR:
      return say(ErrorKind::kStorage, "files.directory", "it is a folder; name a file.");
    case EMFILE:
    case ENFILE:
      return say(ErrorKind::kUnavailable, "files.too_many",
                 "too many files are open; close other programs and try again.");
    default:
      return say(ErrorKind::kStorage, "files.io",
                 fmt::format("{}; check the disk and try again.",
                             std::generic_category().message(error_number)));
  }
}

}  // namespace vigil::platform
