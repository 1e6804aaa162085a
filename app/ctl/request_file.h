// SPDX-License-Identifier: Apache-2.0
//
// A tablet's enrolment request as it reaches the office: the file from its stick, or a picture of
// the QR code on its screen.
#pragma once

#include <string>

#include "core/base/error.h"
#include "core/trust/enrolment.h"

namespace vigil::ctl {

// What other programs add when they write the text of a QR code, a line end, is passed over.
// kInvalid as trust::read_request(), "picture.*" as platform::decode_picture(), and
// "request.picture": no QR code in it; the files' own errors.
[[nodiscard]] Result<trust::EnrolmentRequest> read_request_file(const std::string& path);

}  // namespace vigil::ctl
