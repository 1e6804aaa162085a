// SPDX-License-Identifier: Apache-2.0
//
// `vigil`: the tablet app.
#include <atomic>
#include <optional>

#include <fmt/format.h>

#include "app/tablet/options.h"
#include "app/tablet/pictures.h"
#include "app/tablet/state/app.h"
#include "app/ui/host.h"
#include "core/crypto/secret_bytes.h"
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

Status run(const tablet::Options& options) {
  VIGIL_TRY(platform::harden_process());
  crypto::initialise();
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  VIGIL_ASSIGN(const auto passphrase, passphrase_of(options));
  ui::HostOptions host_options;
  host_options.window = {"Vigil", options.width, options.height, !options.screens_folder.empty(),
                         options.fullscreen};
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
  std::atomic<bool> put_away = false;
  const auto watch = platform::SuspendWatch::start([&] {
    put_away = true;
    platform::Window::wake();
  });
  if (!watch) fmt::print(stderr, "vigil: {}\n", watch.error().message);
  return host->run([&](ui::Kit& kit) {
    if (put_away && !app.locked()) app.lock(kit);
    const bool changed = app.frame(kit);
    // A worker that has the vault gives it back first; sleep waits a few seconds for that.
    if (put_away && !app.busy()) {
      put_away = false;
      if (watch) (*watch)->locked();
    }
    const float wanted = static_cast<float>(app.scale_percent()) / 100;
    if (wanted != host->scale()) host->rescale_later(wanted);
    return changed;
  });
}

}  // namespace

int main(int argc, char** argv) {
  const auto options = tablet::parse_options(argc, argv);
  if (const int* status = std::get_if<int>(&options)) return *status;
  const Status done = run(std::get<tablet::Options>(options));
  return done ? 0 : say(done.error());
}
