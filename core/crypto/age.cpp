// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/age.h"

#include <algorithm>
#include <cstring>

#include "core/base/check.h"
#include "core/crypto/age_armor.h"
#include "core/crypto/age_encryptor.h"
#include "core/crypto/age_header.h"
#include "core/crypto/age_payload.h"
#include "core/crypto/age_stanza.h"

namespace vigil::crypto::age {
namespace {

// A source some of which was read ahead.
class RewoundSource final : public Source {
 public:
  RewoundSource(ByteView ahead, Source& rest) : ahead_(ahead), rest_(rest) {}
  Result<std::size_t> read(std::span<std::uint8_t> buffer) override {
    const std::size_t count = std::min(buffer.size(), ahead_.size());
    std::copy_n(ahead_.begin(), count, buffer.begin());
    ahead_ = ahead_.subspan(count);
    if (count == buffer.size()) return count;
    VIGIL_ASSIGN(const std::size_t more, rest_.read(buffer.subspan(count)));
    return count + more;
  }

 private:
  ByteView ahead_;
  Source& rest_;
};

Status pump(Source& plaintext, Encryptor& encryptor) {
  Bytes buffer(kChunkBytes);
  while (true) {
    VIGIL_ASSIGN(const std::size_t count, plaintext.read(buffer));
    VIGIL_TRY(encryptor.write(ByteView(buffer).first(count)));
    if (count < buffer.size()) break;
  }
  wipe(buffer);
  return encryptor.finish();
}

}  // namespace

struct Encryptor::State {
  PayloadEncryptor payload;
};

Encryptor::Encryptor(std::unique_ptr<State> state) : state_(std::move(state)) {}
Encryptor::Encryptor(Encryptor&&) noexcept = default;
Encryptor& Encryptor::operator=(Encryptor&&) noexcept = default;
Encryptor::~Encryptor() = default;

Result<Encryptor> Encryptor::start(const std::vector<Stanza>& stanzas, const SecretBytes& file_key,
                                   Sink& ciphertext) {
  VIGIL_TRY(ciphertext.write(write_header(stanzas, file_key)));
  std::array<std::uint8_t, kNonceBytes> nonce{};
  random_fill(nonce);
  return Encryptor(std::make_unique<State>(State{PayloadEncryptor(file_key, nonce, ciphertext)}));
}

Result<Encryptor> Encryptor::begin(const std::vector<Recipient>& recipients, Sink& ciphertext) {
  CHECK(!recipients.empty());
  const SecretBytes file_key = SecretBytes::random(kFileKeyBytes);
  std::vector<Stanza> stanzas;
  for (const Recipient& recipient : recipients) {
    VIGIL_ASSIGN(Stanza stanza, wrap_x25519(recipient, file_key));
    stanzas.push_back(std::move(stanza));
  }
  return start(stanzas, file_key, ciphertext);
}

Result<Encryptor> Encryptor::begin(const SecretBytes& passphrase, int log_n, Sink& ciphertext) {
  const SecretBytes file_key = SecretBytes::random(kFileKeyBytes);
  VIGIL_ASSIGN(const Stanza stanza, wrap_scrypt(passphrase, log_n, file_key));
  return start({stanza}, file_key, ciphertext);
}

Status Encryptor::write(ByteView plaintext) {
  return state_->payload.write(plaintext);
}

Status Encryptor::finish() {
  return state_->payload.finish();
}

Status encrypt(const std::vector<Recipient>& recipients, Source& plaintext, Sink& ciphertext) {
  VIGIL_ASSIGN(Encryptor encryptor, Encryptor::begin(recipients, ciphertext));
  return pump(plaintext, encryptor);
}

Status encrypt_with_passphrase(const SecretBytes& passphrase, int log_n, Source& plaintext,
                               Sink& ciphertext) {
  VIGIL_ASSIGN(Encryptor encryptor, Encryptor::begin(passphrase, log_n, ciphertext));
  return pump(plaintext, encryptor);
}

Status decrypt(const Keys& keys, Source& ciphertext, Sink& plaintext) {
  // One byte more than a header may have, so that too long and cut short can be told apart.
  Bytes start(kHeaderLimitBytes + 1);
  VIGIL_ASSIGN(const std::size_t count, ciphertext.read(start));
  start.resize(count);
  VIGIL_ASSIGN(const AuthenticatedHeader parsed, parse_authenticated_header(start));
  VIGIL_TRY(check_stanzas(parsed.header.stanzas, keys));
  VIGIL_ASSIGN(const SecretBytes file_key, unwrap(parsed.header.stanzas, keys));
  if (!mac_holds(parsed, file_key))
    return fail_as(Failure::kHmac, "The age header was changed after the file was made.");
  const ByteView rest = ByteView(start).subspan(parsed.header.size_bytes);
  RewoundSource payload(rest, ciphertext);
  std::array<std::uint8_t, kNonceBytes> nonce{};
  VIGIL_ASSIGN(const std::size_t nonce_bytes, payload.read(nonce));
  if (nonce_bytes != nonce.size())
    return fail_as(Failure::kHeader, "The age file ends right after its header.");
  return decrypt_payload(file_key, nonce, payload, plaintext);
}

Status decrypt_maybe_armored(const Keys& keys, Source& ciphertext, Sink& plaintext) {
  Bytes start(2 * kArmorSpaceLimitBytes);
  VIGIL_ASSIGN(const std::size_t count, ciphertext.read(start));
  start.resize(count);
  RewoundSource whole(start, ciphertext);
  if (!looks_armored(start)) return decrypt(keys, whole, plaintext);
  ArmorSource binary(whole);
  return decrypt(keys, binary, plaintext);
}

}  // namespace vigil::crypto::age
