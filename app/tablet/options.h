// SPDX-License-Identifier: Apache-2.0
//
// The command line of `vigil`.
#pragma once

#include <optional>
#include <string>
#include <variant>

namespace vigil::tablet {

struct Options {
  std::string folder;           // of the vault
  std::string passphrase_file;  // demonstration and tests only
  std::string language;
  std::string screens_folder;  // pictures instead of a window
  bool sample = false;
  int width = 1280;
  int height = 800;
  bool dark = false;
  int scale_percent = 100;
  bool fullscreen = false;
  bool first_frame = false;       // ends when it was shown: what starting takes
  std::string keyboard = "auto";  // on the screen: auto, always, never
  std::string gpsd;               // where the satellite receiver is asked
  std::string media_folder;       // where sticks are mounted, instead of the system's places
};

// The options, or the exit status where --help or a mistake ends the program.
[[nodiscard]] std::variant<Options, int> parse_options(int argc, char** argv);

}  // namespace vigil::tablet
