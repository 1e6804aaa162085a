// SPDX-License-Identifier: Apache-2.0
//
// Where an office's tablets send, and by which keys they know that hub: said once by the office,
// carried in the signed kit (docs/formats/roster.md).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"

namespace vigil::trust {

struct HubAddress {
  std::string url;  // "https://hub.example.org:8443", no path
  // "sha256//<base64>" of the hub's public TLS key (SPKI), as curl takes it; any of them counts, so
  // that a key can be replaced. None: the certificate must be one that a public authority vouches
  // for.
  std::vector<std::string> pins;

  friend bool operator==(const HubAddress&, const HubAddress&) = default;
};

inline constexpr std::size_t kHubUrlLimitBytes = 255;
inline constexpr std::size_t kHubPinsLimit = 4;  // the key in use, the next one, and room

// http:// or https://, a host of [a-z0-9.-] or an IPv6 address in brackets, perhaps a port, nothing
// after it: one spelling, so that what is shown is what is used.
[[nodiscard]] bool is_hub_url(std::string_view text);
// sha256// and the base64 of 32 bytes.
[[nodiscard]] bool is_hub_pin(std::string_view text);
// Is it fit to be carried in a kit? kInvalid "hub.url"; "hub.pin": one is not a pin, or stands
// there twice, or there are too many, or none can count because the address is http.
[[nodiscard]] Status check_hub(const HubAddress& hub);

// As one line for curl: pins with semicolons between them.
[[nodiscard]] std::string pin_line(const std::vector<std::string>& pins);
[[nodiscard]] std::vector<std::string> split_pin_line(std::string_view line);

}  // namespace vigil::trust
