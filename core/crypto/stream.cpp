// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/stream.h"

#include <algorithm>

namespace vigil::crypto {

Result<std::size_t> BytesSource::read(std::span<std::uint8_t> buffer) {
  const std::size_t count = std::min(buffer.size(), rest_.size());
  std::copy_n(rest_.begin(), count, buffer.begin());
  rest_ = rest_.subspan(count);
  return count;
}

Status BytesSink::write(ByteView more) {
  bytes.insert(bytes.end(), more.begin(), more.end());
  return {};
}

}  // namespace vigil::crypto
