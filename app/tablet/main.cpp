// SPDX-License-Identifier: Apache-2.0
//
// `vigil`: the tablet app.
#include <optional>

#include <fmt/format.h>

#include "app/tablet/options.h"
#include "app/tablet/pictures.h"
#include "app/tablet/state/app.h"
#include "app/tablet/state/put_away.h"
#include "app/ui/fault.h"
#include "app/ui/host.h"
#include "core/crypto/secret_bytes.h"
#include "platform/paths.h"
#include "platform/posix_files.h"
#include "platform/process.h"
#include "platform/suspend/suspend.h"
#include "platform/system_clock.h"
#include "platform/terminal.h"

namespace {

using namespace vigil;

int say(const Error& error) {
  fmt::print(stderr, "vigil: {}\n", error.message);
  return exit_status(error.kind);
}

Result<std::optional<crypto::SecretBytes>> passphrase_of(const tablet::Options& options) {
  if (options.passphrase_file.empty()) return std::nullopt;
  VIGIL_ASSIGN(platform::FilePassphrase read,
               platform::read_passphrase_file(options.passphrase_file));
  if (!read.warning.empty()) fmt::print(stderr, "vigil: {}\n", read.warning);
  return std::optional(std::move(read.passphrase));
}

platform::WindowOptions window_of(const tablet::Options& options) {
  return {"Vigil", options.width, options.height, !options.screens_folder.empty(),
          options.fullscreen};
}

// Where nobody reads what a program prints (a kiosk), the screen says why it stays empty.
void show(const tablet::Options& options, const Error& error) {
  const bool somebody_looks = options.screens_folder.empty() && !options.first_frame &&
                              options.passphrase_file.empty() && error.code != "window.display";
  if (!somebody_looks) return;
  if (const Status shown = ui::show_fault(window_of(options), error.message); !shown) {
    say(shown.error());
  }
}

Status run(const tablet::Options& options) {
  VIGIL_TRY(platform::harden_process());
  crypto::initialise();
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  VIGIL_ASSIGN(const auto passphrase, passphrase_of(options));
  if (options.screens_folder.empty()) VIGIL_TRY(platform::check_writable(options.folder));
  ui::HostOptions host_options;
  host_options.window = window_of(options);
  host_options.scale = static_cast<float>(options.scale_percent) / 100;
  VIGIL_ASSIGN(const auto host, ui::Host::open(host_options, *clock));
  if (!options.screens_folder.empty()) VIGIL_TRY(files->make_directories(options.screens_folder));
  if (options.sample) return tablet::write_sample_pictures(*host, *files, options);

  tablet::AppOptions app_options;
  app_options.folder = options.folder;
  app_options.language = options.language;
  app_options.dark = options.dark;
  app_options.scale_percent = options.scale_percent;
  app_options.keyboard = tablet::keyboard_of(options.keyboard).value_or(ui::KeyboardMode::kAuto);
  app_options.gpsd = options.gpsd;
  app_options.version = VIGIL_VERSION;
  app_options.wake = platform::Window::wake;
  if (!options.media_folder.empty()) app_options.media_roots = {options.media_folder};
  tablet::App app({*files, *clock}, app_options);
  if (!options.screens_folder.empty()) {
    return tablet::write_vault_pictures(*host, *files, options, app,
                                        passphrase ? &*passphrase : nullptr);
  }
  if (passphrase) {
    VIGIL_TRY(app.unlock(*passphrase));
    app.restore_position(host->kit());
  }
  if (options.first_frame) {
    host->show([&](ui::Kit& kit) { return app.frame(kit); });
    return {};
  }
  tablet::PutAway put_away(platform::Window::wake);
  const auto watch = platform::SuspendWatch::start([&] { put_away.ask(); });
  if (!watch) fmt::print(stderr, "vigil: {}\n", watch.error().message);
  return host->run(
      [&](ui::Kit& kit) {
        put_away.before_frame(app, kit);
        const bool changed = app.frame(kit);
        const float wanted = static_cast<float>(app.scale_percent()) / 100;
        if (wanted != host->scale()) host->rescale_later(wanted);
        return changed;
      },
      [&] {
        if (!put_away.painted(app)) return;
        // Where the display takes its pictures one after another, the second is taken only when
        // the first is seen.
        host->paint();
        if (watch) (*watch)->locked();
      });
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = tablet::parse_options(argc, argv);
  if (const int* status = std::get_if<int>(&options)) return *status;
  const auto& asked = std::get<tablet::Options>(options);
  const Status done = run(asked);
  if (done) return 0;
  const int status = say(done.error());
  show(asked, done.error());
  return status;
}
