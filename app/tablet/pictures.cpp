// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/pictures.h"

#include <fmt/format.h>

#include "app/tablet/screens/sample.h"
#include "platform/language.h"

namespace vigil::tablet {
namespace {

Status write_picture(ui::Host& host, Files& files, const Options& options, const std::string& name,
                     const ui::Frame& frame) {
  host.show(frame);
  VIGIL_ASSIGN(const platform::Picture picture, host.window().picture());
  VIGIL_ASSIGN(const Bytes png, platform::encode_png(picture));
  const std::string path = fmt::format("{}/{}.png", options.screens_folder, name);
  VIGIL_TRY(files.write_atomically(path, png, false));
  fmt::print("{}\n", path);
  const std::string clipped = host.kit().tree().clipped();
  if (!clipped.empty()) fmt::print(stderr, "Text does not fit on {}:\n{}", name, clipped);
  return {};
}

}  // namespace

Status write_sample_pictures(ui::Host& host, Files& files, const Options& options) {
  const std::string language =
      options.language.empty() ? platform::system_language() : options.language;
  const words::Words words = words::load_words(files, language);
  host.kit().set_theme(options.dark ? ui::dark_theme() : ui::light_theme());
  const words::Words sample_words = words::load_sample_words(files, language);
  SampleTexts texts;
  for (auto& [name, model] : sample_screens({words, sample_words}, texts)) {
    host.kit().forget();
    model.chrome.dark = options.dark;
    model.chrome.scale_percent = options.scale_percent;
    VIGIL_TRY(write_picture(host, files, options, name, [&](ui::Kit& kit) {
      Commands ignored;
      draw({kit, words, ignored}, model);
      return false;
    }));
  }
  return {};
}

Status write_vault_pictures(ui::Host& host, Files& files, const Options& options, App& app,
                            const crypto::SecretBytes* passphrase) {
  const ui::Frame frame = [&](ui::Kit& kit) { return app.frame(kit); };
  VIGIL_TRY(write_picture(host, files, options, "unlock", frame));
  if (passphrase == nullptr) return {};
  VIGIL_TRY(app.unlock(*passphrase));
  host.kit().forget();
  VIGIL_TRY(write_picture(host, files, options, "visits", frame));
  app.apply(command::NewVisit{}, host.kit());
  VIGIL_TRY(write_picture(host, files, options, "new-visit", frame));
  app.apply(command::Back{}, host.kit());
  const auto* const visits = std::get_if<VisitsModel>(&app.model().screen);
  if (visits == nullptr || visits->open.empty()) return {};
  const std::int64_t visit = visits->open.front().visit;
  app.apply(command::OpenVisit{visit}, host.kit());
  if (const auto* page = std::get_if<VisitModel>(&app.model().screen)) {
    VIGIL_TRY(write_picture(host, files, options, "visit", frame));
    if (page->records.empty()) return {};
    app.apply(command::OpenRecord{page->records.front().record}, host.kit());
  }
  const auto* checklist = std::get_if<ChecklistModel>(&app.model().screen);
  const std::size_t sections = checklist == nullptr ? 0 : checklist->sections.size();
  for (std::size_t section = 0; section < sections; ++section) {
    app.apply(command::OpenSection{section}, host.kit());
    const std::string name = section == 0 ? "checklist" : fmt::format("checklist-{}", section + 1);
    VIGIL_TRY(write_picture(host, files, options, name, frame));
  }
  app.apply(command::ReviewVisit{visit}, host.kit());
  return write_picture(host, files, options, "review", frame);
}

}  // namespace vigil::tablet
