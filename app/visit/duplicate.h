// SPDX-License-Identifier: Apache-2.0
//
// "One more like the last": the next cell has the same windows and beds more often than not.
#pragma once

#include <string_view>

#include "core/base/error.h"
#include "forms/session/session.h"

namespace vigil::visit {

// Adds an instance to the repeat `range_ref` and gives it the answers of the one before it,
// instances within it included. Words, files, notes and flags stay with the instance they were
// made for, calculations compute anew. An answer that cannot be given there (no longer offered) is
// left out. Returns everything that changed, once. Errors as add_repeat(); kInvalid
// "visit.nothing_to_copy" where there is no instance. After an error the session may hold an
// instance more: go back to what is stored.
[[nodiscard]] Result<forms::Change> duplicate_last_instance(forms::FormSession& session,
                                                            std::string_view range_ref);

}  // namespace vigil::visit
