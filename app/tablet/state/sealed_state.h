// SPDX-License-Identifier: Apache-2.0
//
// How far a sealed visit is on its way, in the screen's terms. Pure.
#pragma once

#include "app/tablet/screens/device_model.h"
#include "core/vault/outbox.h"
#include "core/vault/visits.h"

namespace vigil::tablet {

// `entry` may be nullptr.
[[nodiscard]] SealedState sealed_state(const vault::Visit& visit, const vault::OutboxEntry* entry);
[[nodiscard]] int sent_percent(const vault::OutboxEntry* entry);

}  // namespace vigil::tablet
