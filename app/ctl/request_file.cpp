// SPDX-License-Identifier: Apache-2.0
#include "app/ctl/request_file.h"

#include "app/ctl/command.h"
#include "core/base/bytes.h"
#include "platform/barcode/barcode.h"
#include "platform/pictures/picture.h"

namespace vigil::ctl {
namespace {

// A camera's photo; requests themselves have some hundred bytes.
constexpr std::size_t kPictureLimit_bytes = std::size_t{32} * 1024 * 1024;

bool is_picture(std::string_view file) {
  return file.starts_with("\x89PNG") || file.starts_with("\xFF\xD8");
}

}  // namespace

Result<trust::EnrolmentRequest> read_request_file(const std::string& path) {
  VIGIL_ASSIGN(const Bytes file, files().read(path, kPictureLimit_bytes));
  std::string text(as_text(file));
  if (is_picture(text)) {
    VIGIL_ASSIGN(const platform::Picture picture, platform::decode_picture(file));
    auto code = platform::read_code_as_is(picture);
    if (!code) {
      return fail(ErrorKind::kInvalid, "request.picture",
                  "No QR code was found in this picture. Take it again from straight ahead, the "
                  "whole code in it, or take the request from the tablet by a stick.");
    }
    text = std::move(*code);
  }
  while (text.ends_with("\n\n") || text.ends_with("\r\n")) {
    text.pop_back();
    if (text.ends_with('\r')) text.back() = '\n';
  }
  return trust::read_request(text);
}

}  // namespace vigil::ctl
