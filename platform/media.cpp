// SPDX-License-Identifier: Apache-2.0
#include "platform/media.h"

#include <algorithm>
#include <filesystem>

#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

namespace vigil::platform {
namespace {

std::vector<std::string> folders_in(const std::string& root) {
  std::vector<std::string> folders;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(root, error), end; !error && entry != end;
       entry.increment(error)) {
    if (entry->is_directory(error)) folders.push_back(entry->path().string());
  }
  return folders;
}

std::string user_name() {
  const passwd* const user = ::getpwuid(::getuid());
  return user == nullptr ? "" : user->pw_name;
}

}  // namespace

std::vector<std::string> removable_folders(const std::vector<std::string>& roots) {
  const std::string user = user_name();
  std::vector<std::string> folders;
  for (const std::string& root : roots) {
    for (const std::string& folder : folders_in(root)) {
      const bool of_user = !user.empty() && folder == root + "/" + user;
      for (const std::string& mounted :
           of_user ? folders_in(folder) : std::vector<std::string>{folder}) {
        if (::access(mounted.c_str(), W_OK) == 0) folders.push_back(mounted);
      }
    }
  }
  std::ranges::sort(folders);
  return folders;
}

std::vector<std::string> mounted_folders(const std::vector<std::string>& roots) {
  std::vector<std::string> folders = removable_folders(roots);
  std::erase_if(folders, [](const std::string& folder) {
    struct stat here = {};
    struct stat above = {};
    return ::stat(folder.c_str(), &here) != 0 || ::stat((folder + "/..").c_str(), &above) != 0 ||
           here.st_dev == above.st_dev;
  });
  return folders;
}

}  // namespace vigil::platform
