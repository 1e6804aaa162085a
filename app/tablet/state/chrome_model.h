// SPDX-License-Identifier: Apache-2.0
//
// What stands on every screen: languages, theme, and what just happened. Pure.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "app/tablet/screens/model.h"
#include "app/tablet/state/app_options.h"
#include "app/tablet/state/reply.h"
#include "app/words/catalogues.h"
#include "forms/session/session.h"

namespace vigil::tablet {

struct Toast {
  std::string text;
  std::int64_t until_ms = 0;
  std::optional<Undo> undo;
};

// `session`: of the checklist that is shown, or nullptr. menu_open is the caller's.
[[nodiscard]] Chrome chrome_model(const AppOptions& options,
                                  const std::vector<words::InterfaceLanguage>& languages,
                                  const forms::FormSession* session, const Toast* toast);

}  // namespace vigil::tablet
