// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/options.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "platform/paths.h"

namespace vigil::tablet {
namespace {

// "1280x800"; empty when it is one, else what is wrong.
std::string read_size(const std::string& text, Options& options) {
  const auto x = text.find('x');
  try {
    options.width = std::stoi(text.substr(0, x));
    options.height = x == std::string::npos ? 0 : std::stoi(text.substr(x + 1));
  } catch (const std::exception&) {
    options.height = 0;
  }
  const bool fits = options.width >= 320 && options.width <= 8192 && options.height >= 240 &&
                    options.height <= 8192;
  return fits ? "" : "must be WIDTHxHEIGHT in pixels, for example 1280x800";
}

}  // namespace

std::variant<Options, int> parse_options(int argc, char** argv) {
  Options options;
  std::string theme = "light";
  std::string size;
  CLI::App app("Vigil on the tablet: fill checklists during a visit.", "vigil");
  app.footer(
      "Exit status: 0 done, 1 the answer is no (wrong passphrase), 2 wrong usage, 3 could not.");
  app.add_option("DIR", options.folder, "Folder of the tablet's vault (~/.local/share/vigil)");
  app.set_version_flag("--version", "vigil " VIGIL_VERSION);
  app.add_option("--passphrase-file", options.passphrase_file,
                 "Read the passphrase from a file instead of the screen (demonstration and tests)");
  app.add_option("--language", options.language,
                 "Language of the screen: en, ru, ky, kk, tg, uz, tk");
  app.add_option(
      "--screens", options.screens_folder,
      "Write a picture (PNG) of each screen into this folder, without a display, and end");
  app.add_flag("--sample", options.sample, "With --screens: invented content instead of a vault");
  app.add_option("--size", size, "Size of window or pictures, WIDTHxHEIGHT (1280x800)")
      ->check([&](const std::string& text) { return read_size(text, options); });
  app.add_option("--keyboard", options.keyboard,
                 "Keyboard on the screen: auto (until somebody types on real keys), always, never")
      ->check(CLI::IsMember({"auto", "always", "never"}));
  app.add_option("--theme", theme, "light or dark")->check(CLI::IsMember({"light", "dark"}));
  app.add_option("--scale", options.scale_percent,
                 "Size of text and controls in percent, 100 to 200")
      ->check(CLI::Range(100, 200));
  app.add_option("--media", options.media_folder,
                 "Folder in which sticks are mounted, instead of /media and /run/media");
  app.add_option("--gpsd", options.gpsd,
                 "Where gpsd answers for the satellite receiver (localhost:2947)");
  app.add_flag("--fullscreen", options.fullscreen, "Take the whole screen");
  app.add_flag("--first-frame", options.first_frame,
               "End when the first frame was shown (to measure what starting takes)");
  try {
    app.parse(argc, argv);
    if (options.folder.empty() && !options.sample) options.folder = platform::user_folder();
    if (options.folder.empty() && !options.sample) {
      throw CLI::RequiredError("DIR, the folder of the vault (or --screens OUT --sample),");
    }
    if (options.sample && options.screens_folder.empty()) {
      throw CLI::RequiredError("--screens OUT, with --sample,");
    }
  } catch (const CLI::ParseError& error) {
    constexpr int kWrongUsage = 2;
    return app.exit(error, std::cout, std::cerr) == 0 ? 0 : kWrongUsage;
  }
  options.dark = theme == "dark";
  return options;
}

}  // namespace vigil::tablet
