// SPDX-License-Identifier: Apache-2.0
//
// A log on a web server, read as if it were a folder, and a witness's cosignature sent back to it.
// The only network in the verifier: it asks for static files by name, follows no redirection to
// another place, and nothing it brings is believed before the log's signature and root hold.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "core/base/files.h"

namespace vigil::verify {

[[nodiscard]] bool is_url(std::string_view text);  // http:// or https://
// Reads only; `path` is a whole URL. kNotFound: 404; kUnavailable "fetch.failed": no answer, or
// another status. Thread: one at a time.
[[nodiscard]] std::unique_ptr<Files> web_files();

// POSTs a cosigned checkpoint to `log_url`/cosigned. kDenied "fetch.refused": the hub does not take
// it, and says why; kUnavailable "fetch.failed".
[[nodiscard]] Status send_cosigned(const std::string& log_url, std::string_view note);

}  // namespace vigil::verify
