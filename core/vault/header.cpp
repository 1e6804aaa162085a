// SPDX-License-Identifier: Apache-2.0
#include "core/vault/header.h"

#include <algorithm>
#include <array>

#include "core/base/json.h"
#include "core/vault/store.h"

namespace vigil::vault {
namespace {

constexpr std::size_t kSlotIdDigits = 8;
constexpr std::size_t kVaultIdDigits = 32;
constexpr std::size_t kKeyBytes = 32;
constexpr std::size_t kBoxBytes = 24 + kKeyBytes + 16;  // nonce, key, tag
constexpr std::size_t kSealedLimitBytes = 4096;         // an age file with one X25519 stanza is 250

std::unexpected<Error> damaged(const std::string& what) {
  return fail(ErrorKind::kInvalid, "vault.header",
              "vault.header is damaged (" + what +
                  "). Put back a copy of it; without it the vault "
                  "cannot be opened.");
}

bool is_hex(std::string_view text, std::size_t digits) {
  return text.size() == digits && hex_decode(text).has_value();
}

Result<HeaderSlot> parse_slot(const Json& value) {
  HeaderSlot slot;
  JsonReader reader(value, "vault.header");
  slot.id = reader.string("id");
  const std::string kind = reader.string("kind");
  std::string salt;
  if (kind == "passphrase") {
    salt = reader.string("salt");
    slot.cost.memory_bytes =
        static_cast<std::uint64_t>(reader.number("memory_bytes", 1, kJsonNumberLimit - 1));
    slot.cost.passes = static_cast<std::uint32_t>(reader.number("passes", 1, 1 << 30));
  } else if (kind == "recovery") {
    slot.kind = SlotKind::kRecovery;
  } else {
    return damaged("unknown kind of slot");
  }
  const std::string wrapped = reader.string("key");
  if (!reader.finish().has_value()) return damaged("members of a slot");
  if (!is_hex(slot.id, kSlotIdDigits)) return damaged("id of a slot");
  if (slot.kind == SlotKind::kPassphrase) {
    const auto bytes = hex_decode(salt);
    if (!bytes || bytes->size() != slot.salt.size()) return damaged("salt of a slot");
    std::copy(bytes->begin(), bytes->end(), slot.salt.begin());
    const crypto::Argon2Cost least;
    if (slot.cost.memory_bytes > crypto::kArgon2MemoryLimitBytes ||
        slot.cost.passes > crypto::kArgon2PassesLimit) {
      return damaged("a slot asks for more memory or passes than any vault of ours");
    }
    if (slot.cost.memory_bytes < least.memory_bytes || slot.cost.passes < least.passes) {
      return damaged("a slot is weaker than any vault of ours");
    }
  }
  auto bytes = base64_decode(wrapped);
  if (!bytes) return damaged("key of a slot");
  const bool fits = slot.kind == SlotKind::kPassphrase
                        ? bytes->size() == kBoxBytes
                        : !bytes->empty() && bytes->size() <= kSealedLimitBytes;
  if (!fits) return damaged("key of a slot");
  slot.wrapped = std::move(*bytes);
  return slot;
}

}  // namespace

Status check_new_passphrase(const crypto::SecretBytes& passphrase) {
  // Letters, not bytes: what is no continuation of UTF-8 begins one.
  const auto letters = std::ranges::count_if(
      passphrase.view(), [](std::uint8_t byte) { return (byte & 0xc0U) != 0x80U; });
  if (static_cast<std::size_t>(letters) >= kLeastPassphraseLetters) return {};
  return fail(ErrorKind::kDenied, "vault.weak",
              "A passphrase needs at least " + std::to_string(kLeastPassphraseLetters) +
                  " characters; four or five words that do not belong together are best.");
}

std::string random_hex(std::size_t bytes) {
  Bytes random(bytes);
  crypto::random_fill(random);
  return hex_encode(random);
}

std::string emit_header(const Header& header) {
  Json::List slots;
  for (const HeaderSlot& slot : header.slots) {
    Json::Object object;
    object.emplace_back("id", slot.id);
    if (slot.kind == SlotKind::kPassphrase) {
      object.emplace_back("kind", "passphrase");
      object.emplace_back("salt", hex_encode(slot.salt));
      object.emplace_back("memory_bytes", static_cast<std::int64_t>(slot.cost.memory_bytes));
      object.emplace_back("passes", static_cast<std::int64_t>(slot.cost.passes));
    } else {
      object.emplace_back("kind", "recovery");
    }
    object.emplace_back("key", base64_encode(slot.wrapped));
    slots.emplace_back(std::move(object));
  }
  Json::Object object;
  object.emplace_back("format", kHeaderFormat);
  object.emplace_back("vault", header.vault);
  object.emplace_back("slots", std::move(slots));
  return emit_json(object) + "\n";
}

Result<Header> parse_header(std::string_view text) {
  const JsonLimits limits{.size_bytes = kHeaderLimitBytes, .depth = 4, .trailing_newline = true};
  auto parsed = parse_canonical_json(text, limits);
  if (!parsed.has_value()) return damaged("not in its format");
  JsonReader reader(*parsed, "vault.header");
  const std::string format = reader.string("format");
  Header header;
  header.vault = reader.string("vault");
  const Json::List& slots = reader.list("slots");
  if (!reader.finish().has_value()) return damaged("members");
  if (format != kHeaderFormat) return damaged("another format");
  if (!is_hex(header.vault, kVaultIdDigits)) return damaged("id");
  if (slots.empty() || slots.size() > kSlotLimit) return damaged("number of slots");
  for (const Json& value : slots) {
    VIGIL_ASSIGN(HeaderSlot slot, parse_slot(value));
    const auto same = [&](const HeaderSlot& other) { return other.id == slot.id; };
    if (std::ranges::any_of(header.slots, same)) return damaged("two slots of one id");
    header.slots.push_back(std::move(slot));
  }
  return header;
}

Result<Header> read_header(Files& files, const std::string& folder) {
  const std::string path = path_in(folder, kHeaderFile);
  if (!files.exists(path)) {
    if (files.exists(path_in(folder, kDatabaseFile))) return damaged("it is gone");
    return fail(ErrorKind::kNotFound, "vault.absent",
                "There is no vault in this folder. Make one, or name another folder.");
  }
  auto bytes = files.read(path, kHeaderLimitBytes);
  if (!bytes.has_value()) {
    if (bytes.error().kind == ErrorKind::kStorage) return damaged("it cannot be read");
    return std::unexpected(bytes.error());
  }
  return parse_header(as_text(*bytes));
}

Status write_header(Files& files, const std::string& folder, const Header& header) {
  return files.write_atomically(path_in(folder, kHeaderFile), as_bytes(emit_header(header)), true);
}

std::string box_context(const Header& header, std::string_view slot_id) {
  return std::string(kHeaderFormat) + " " + header.vault + " " + std::string(slot_id);
}

Result<HeaderSlot> wrap_key(const Header& header, const crypto::SecretBytes& key,
                            const crypto::SecretBytes& passphrase, const crypto::Argon2Cost& cost) {
  VIGIL_TRY(check_new_passphrase(passphrase));
  HeaderSlot slot;
  slot.id = random_hex(kSlotIdDigits / 2);
  crypto::random_fill(slot.salt);
  slot.cost = cost;
  VIGIL_ASSIGN(const auto wrapping, crypto::derive_key(passphrase, slot.salt, cost));
  slot.wrapped = crypto::seal_box(wrapping, key.view(), box_context(header, slot.id));
  // Derived again from what will be stored: a slot that memory corruption spoiled is not written.
  VIGIL_ASSIGN(const auto again, unwrap_key(header, slot, passphrase));
  if (!crypto::equal_secrets(again.view(), key.view())) return damaged("a new slot fails its test");
  return slot;
}

Result<crypto::SecretBytes> unwrap_key(const Header& header, const HeaderSlot& slot,
                                       const crypto::SecretBytes& passphrase) {
  VIGIL_ASSIGN(const auto wrapping, crypto::derive_key(passphrase, slot.salt, slot.cost));
  VIGIL_ASSIGN(auto key, crypto::open_box(wrapping, slot.wrapped, box_context(header, slot.id)));
  if (key.size() != kKeyBytes) return damaged("a key of the wrong length");
  return key;
}

Result<UnlockedKey> unlock_header(const Header& header, const crypto::SecretBytes& passphrase) {
  for (const HeaderSlot& slot : header.slots) {
    if (slot.kind != SlotKind::kPassphrase) continue;
    auto key = unwrap_key(header, slot, passphrase);
    if (key.has_value()) return UnlockedKey{std::move(*key), slot.id};
    if (key.error().kind != ErrorKind::kDenied) return std::unexpected(key.error());
  }
  return fail(
      ErrorKind::kDenied, "vault.passphrase",
      "The passphrase is wrong. Check the keyboard's language and capitals, then try again.");
}

}  // namespace vigil::vault
