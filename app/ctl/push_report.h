// SPDX-License-Identifier: Apache-2.0
//
// What `push` and `stick send` share: how they show where they are, and what they say in the end.
#pragma once

#include "app/ctl/command.h"
#include "core/base/json.h"
#include "sync/push.h"

namespace vigil::ctl {

// Long work shows where it is, where somebody watches.
void show_progress(const char* doing, const bundle::BundleId& id, std::uint64_t done,
                   std::uint64_t total);

[[nodiscard]] sync::PushOptions push_options();

// Says it a line a bundle, or in JSON. Fails with what stopped it; the answer is no where the hub
// refused one, or one is missing or damaged here.
// `more` goes into the JSON.
[[nodiscard]] Status report_push(const sync::PushReport& report, Outcome& outcome,
                                 Json::Object more = {});

}  // namespace vigil::ctl
