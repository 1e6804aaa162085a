// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/age_header.h"

#include <algorithm>

#include <sodium.h>

#include "core/crypto/hkdf.h"

namespace vigil::crypto::age {
namespace {

constexpr std::string_view kMacMark = "---";

std::unexpected<Error> refuse(std::string_view what) {
  return fail_as(
      Failure::kHeader,
      "The age header is damaged or not one that this version reads: " + std::string(what) + ".");
}

// Takes one line off `rest`; nullopt when no line feed is left.
std::optional<std::string_view> take_line(std::string_view& rest) {
  const std::size_t end = rest.find('\n');
  if (end == std::string_view::npos) return std::nullopt;
  const std::string_view line = rest.substr(0, end);
  rest.remove_prefix(end + 1);
  return line;
}

bool is_visible(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > 0x20 && c < 0x7f; });
}

// "TYPE arg arg": visible characters, one space between.
std::optional<std::vector<std::string>> parse_arguments(std::string_view line) {
  std::vector<std::string> arguments;
  while (true) {
    const std::size_t end = std::min(line.find(' '), line.size());
    const std::string_view argument = line.substr(0, end);
    if (!is_visible(argument)) return std::nullopt;
    arguments.emplace_back(argument);
    if (end == line.size()) return arguments;
    line.remove_prefix(end + 1);
  }
}

Result<Stanza> parse_stanza(std::string_view first_line, std::string_view& rest) {
  Stanza stanza;
  std::optional<std::vector<std::string>> arguments = parse_arguments(first_line.substr(3));
  if (!arguments.has_value()) return refuse("a stanza has no type or an empty argument");
  stanza.arguments = std::move(*arguments);
  while (true) {
    const std::optional<std::string_view> line = take_line(rest);
    if (!line.has_value()) return refuse("it ends inside a stanza");
    if (line->size() > kBodyColumns) return refuse("a stanza's line is too long");
    const std::optional<Bytes> part = base64_decode_unpadded(*line);
    if (!part.has_value()) return refuse("a stanza's body is not canonical base64");
    stanza.body.insert(stanza.body.end(), part->begin(), part->end());
    if (line->size() < kBodyColumns) return stanza;
  }
}

std::array<std::uint8_t, kMacBytes> header_mac(ByteView covered, const SecretBytes& file_key) {
  const SecretBytes key = hkdf_sha256(file_key.view(), {}, "header");
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, key.view().data(), key.size());
  crypto_auth_hmacsha256_update(&state, covered.data(), covered.size());
  std::array<std::uint8_t, kMacBytes> mac{};
  crypto_auth_hmacsha256_final(&state, mac.data());
  sodium_memzero(&state, sizeof state);
  return mac;
}

void append(std::string_view text, Bytes& out) {
  out.insert(out.end(), text.begin(), text.end());
}

}  // namespace

std::string_view to_string(Failure failure) {
  switch (failure) {
    case Failure::kHeader:
      return "header";
    case Failure::kNoMatch:
      return "no_match";
    case Failure::kHmac:
      return "hmac";
    case Failure::kPayload:
      return "payload";
    case Failure::kArmor:
      return "armor";
    case Failure::kPassphrase:
      return "passphrase";
  }
  return "header";
}

std::unexpected<Error> fail_as(Failure failure, std::string message) {
  const bool denied = failure == Failure::kNoMatch || failure == Failure::kPassphrase;
  return fail(denied ? ErrorKind::kDenied : ErrorKind::kInvalid,
              "age." + std::string(to_string(failure)), std::move(message));
}

std::optional<Failure> failure_of(const Error& error) {
  for (const Failure failure : {Failure::kHeader, Failure::kNoMatch, Failure::kHmac,
                                Failure::kPayload, Failure::kArmor, Failure::kPassphrase})
    if (error.code == "age." + std::string(to_string(failure))) return failure;
  return std::nullopt;
}

Result<AuthenticatedHeader> parse_authenticated_header(ByteView start) {
  const std::string_view whole = as_text(start.first(std::min(start.size(), kHeaderLimitBytes)));
  if (!whole.starts_with(kVersionLine)) return refuse("it does not start with the version line");
  std::string_view rest = whole.substr(kVersionLine.size());
  AuthenticatedHeader parsed;
  while (true) {
    const std::size_t line_start = whole.size() - rest.size();
    const std::optional<std::string_view> line = take_line(rest);
    if (!line.has_value())
      return refuse(start.size() > kHeaderLimitBytes ? "it is longer than 64 KiB"
                                                     : "it is cut short");
    if (line->starts_with("-> ")) {
      VIGIL_ASSIGN(Stanza stanza, parse_stanza(*line, rest));
      parsed.header.stanzas.push_back(std::move(stanza));
      continue;
    }
    if (!line->starts_with("--- ")) return refuse("a line is neither a stanza nor the MAC");
    if (parsed.header.stanzas.empty()) return refuse("it names no recipient");
    const std::optional<Bytes> mac = base64_decode_unpadded(line->substr(kMacMark.size() + 1));
    if (!mac.has_value() || mac->size() != kMacBytes) return refuse("its MAC is not 32 bytes");
    std::ranges::copy(*mac, parsed.mac.begin());
    parsed.covered = start.first(line_start + kMacMark.size());
    parsed.header.size_bytes = whole.size() - rest.size();
    return parsed;
  }
}

Result<Header> parse_header(ByteView start) {
  VIGIL_ASSIGN(AuthenticatedHeader parsed, parse_authenticated_header(start));
  return std::move(parsed.header);
}

Bytes write_header(const std::vector<Stanza>& stanzas, const SecretBytes& file_key) {
  Bytes out = to_bytes(kVersionLine);
  for (const Stanza& stanza : stanzas) {
    append("->", out);
    for (const std::string& argument : stanza.arguments) {
      append(" ", out);
      append(argument, out);
    }
    append("\n", out);
    const std::string body = base64_encode_unpadded(stanza.body);
    // A body that fills its last line is closed by an empty one.
    for (std::size_t at = 0; at <= body.size(); at += kBodyColumns) {
      append(std::string_view(body).substr(at, kBodyColumns), out);
      append("\n", out);
    }
  }
  append(kMacMark, out);
  const std::string mac = base64_encode_unpadded(header_mac(out, file_key));
  append(" " + mac + "\n", out);
  return out;
}

bool mac_holds(const AuthenticatedHeader& header, const SecretBytes& file_key) {
  return equal_secrets(header_mac(header.covered, file_key), header.mac);
}

}  // namespace vigil::crypto::age
