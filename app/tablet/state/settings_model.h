// SPDX-License-Identifier: Apache-2.0
//
// The page of settings, and what it says about the tablet.
#pragma once

#include "app/tablet/screens/device_model.h"
#include "app/tablet/state/app_options.h"
#include "app/tablet/state/device_pages.h"
#include "app/tablet/state/form_titles.h"
#include "app/tablet/state/office_data.h"
#include "app/words/words.h"

namespace vigil::tablet {

// The model points into `pages`.
[[nodiscard]] SettingsModel settings_model(const words::Words& words, vault::Vault& vault,
                                           const AppOptions& options, const OfficeData& office,
                                           DevicePages& pages, FormTitles& titles);

}  // namespace vigil::tablet
