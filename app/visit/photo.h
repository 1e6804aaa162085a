// SPDX-License-Identifier: Apache-2.0
//
// A file before it enters the vault: pictures lose everything that is not picture (place, time,
// camera, thumbnails of the uncropped original). Pure.
#pragma once

#include <string>
#include <string_view>

#include "core/base/bytes.h"
#include "core/base/error.h"

namespace vigil::visit {

struct PreparedAttachment {
  Bytes content;
  std::string media_type;
  std::string ending;  // "jpg"
};

// `media_type` may be empty: the content decides. kInvalid "attachment.type": not a type Vigil
// keeps; "attachment.damaged": a JPEG or PNG that cannot be walked, so that what it carries cannot
// be known.
[[nodiscard]] Result<PreparedAttachment> prepare_attachment(ByteView content,
                                                            std::string_view media_type);

// The picture without its metadata. JPEG: of the marker segments only those that decoding needs
// stay, and the Adobe one (colour transform); PNG: critical chunks, transparency and gamma.
[[nodiscard]] Result<Bytes> strip_jpeg(ByteView jpeg);
[[nodiscard]] Result<Bytes> strip_png(ByteView png);

}  // namespace vigil::visit
