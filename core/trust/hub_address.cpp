// SPDX-License-Identifier: Apache-2.0
#include "core/trust/hub_address.h"

#include <algorithm>
#include <set>

#include "core/base/bytes.h"

namespace vigil::trust {
namespace {

constexpr std::string_view kPinPrefix = "sha256//";
constexpr std::string_view kPlainScheme = "http://";
constexpr std::string_view kSecureScheme = "https://";
constexpr std::size_t kDigestBytes = 32;
constexpr std::size_t kPortDigits = 5;
constexpr int kPortLimit = 65'535;

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

bool is_host(std::string_view host) {
  if (host.starts_with('[') && host.ends_with(']')) {
    host = host.substr(1, host.size() - 2);
    return host.find(':') != std::string_view::npos && std::ranges::all_of(host, [](char c) {
             return is_digit(c) || (c >= 'a' && c <= 'f') || c == ':' || c == '.';
           });
  }
  return !host.empty() && !host.starts_with('.') && !host.starts_with('-') &&
         std::ranges::all_of(host, [](char c) {
           return is_digit(c) || (c >= 'a' && c <= 'z') || c == '.' || c == '-';
         });
}

bool is_port(std::string_view port) {
  if (port.empty() || port.size() > kPortDigits || port.front() == '0' ||
      !std::ranges::all_of(port, is_digit)) {
    return false;
  }
  int number = 0;
  for (const char digit : port) number = number * 10 + (digit - '0');
  return number <= kPortLimit;
}

std::unexpected<Error> bad_pin(std::string message) {
  return fail(ErrorKind::kInvalid, "hub.pin", std::move(message));
}

}  // namespace

bool is_hub_url(std::string_view text) {
  if (text.size() > kHubUrlLimitBytes) return false;
  std::string_view rest = text;
  if (rest.starts_with(kSecureScheme)) {
    rest.remove_prefix(kSecureScheme.size());
  } else if (rest.starts_with(kPlainScheme)) {
    rest.remove_prefix(kPlainScheme.size());
  } else {
    return false;
  }
  const std::size_t bracket = rest.rfind(']');
  const std::size_t colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos) return is_host(rest);
  return is_host(rest.substr(0, colon)) && is_port(rest.substr(colon + 1));
}

bool is_hub_pin(std::string_view text) {
  if (!text.starts_with(kPinPrefix)) return false;
  const auto digest = base64_decode(text.substr(kPinPrefix.size()));
  return digest && digest->size() == kDigestBytes;
}

Status check_hub(const HubAddress& hub) {
  if (!is_hub_url(hub.url)) {
    return fail(ErrorKind::kInvalid, "hub.url",
                "A hub's address is http:// or https:// and a host in small letters, perhaps a "
                "port, and nothing after it: https://hub.example.org:8443");
  }
  if (hub.pins.size() > kHubPinsLimit) return bad_pin("A hub has at most four pins.");
  std::set<std::string_view> seen;
  for (const std::string& pin : hub.pins) {
    if (!is_hub_pin(pin)) {
      return bad_pin(
          "A pin is sha256// and 44 characters of base64; docs/administrator.md says how to make "
          "one.");
    }
    if (!seen.insert(pin).second) return bad_pin("The same pin is given twice.");
  }
  if (!hub.pins.empty() && hub.url.starts_with(kPlainScheme)) {
    return bad_pin("A pin cannot count over http://, where the hub shows no key; use https://.");
  }
  return {};
}

std::string pin_line(const std::vector<std::string>& pins) {
  std::string line;
  for (const std::string& pin : pins) line += (line.empty() ? "" : ";") + pin;
  return line;
}

std::vector<std::string> split_pin_line(std::string_view line) {
  std::vector<std::string> pins;
  while (!line.empty()) {
    const std::size_t end = std::min(line.find(';'), line.size());
    if (end > 0) pins.emplace_back(line.substr(0, end));
    line.remove_prefix(std::min(end + 1, line.size()));
  }
  return pins;
}

}  // namespace vigil::trust
