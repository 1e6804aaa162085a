// SPDX-License-Identifier: Apache-2.0
//
// The machine's own clock. Safe from any thread.
#pragma once

#include <memory>

#include "core/base/clock.h"

namespace vigil::platform {

[[nodiscard]] std::unique_ptr<Clock> system_clock();

}  // namespace vigil::platform
