// SPDX-License-Identifier: Apache-2.0
//
// Names of things inside one vault. They are row numbers: never reused, without meaning elsewhere.
#pragma once

#include <compare>
#include <cstdint>

namespace vigil::vault {

struct VisitId {
  std::int64_t value = 0;
  friend auto operator<=>(const VisitId&, const VisitId&) = default;
};

struct RecordId {
  std::int64_t value = 0;
  friend auto operator<=>(const RecordId&, const RecordId&) = default;
};

struct AttachmentId {
  std::int64_t value = 0;
  friend auto operator<=>(const AttachmentId&, const AttachmentId&) = default;
};

}  // namespace vigil::vault
