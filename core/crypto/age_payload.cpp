// SPDX-License-Identifier: Apache-2.0
#include "core/crypto/age_payload.h"

#include <algorithm>
#include <cstring>

#include <sodium.h>

#include "core/base/check.h"
#include "core/crypto/age_encryptor.h"
#include "core/crypto/age_header.h"
#include "core/crypto/hkdf.h"

namespace vigil::crypto::age {
namespace {

static_assert(kTagBytes == crypto_aead_chacha20poly1305_ietf_ABYTES);

std::unexpected<Error> damaged() {
  return fail_as(Failure::kPayload, "The encrypted content is damaged or cut short.");
}

bool open_chunk(const SecretBytes& key, const ChunkNonce& nonce, ByteView sealed, Bytes& plain) {
  return crypto_aead_chacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data(),
                                                   sealed.size(), nullptr, 0, nonce.data(),
                                                   key.view().data()) == 0;
}

}  // namespace

void ChunkNonce::next() {
  for (std::size_t i = 11; i-- > 0;)
    if (++bytes_[i] != 0) return;
}

PayloadEncryptor::PayloadEncryptor(const SecretBytes& file_key, ByteView nonce, Sink& sink)
    : key_(hkdf_sha256(file_key.view(), nonce, "payload")),
      sink_(sink),
      head_(nonce.begin(), nonce.end()),
      plain_(kChunkBytes),
      sealed_(kChunkBytes + kTagBytes) {}

Status PayloadEncryptor::seal(std::size_t size_bytes) {
  if (!head_.empty()) {
    VIGIL_TRY(sink_.write(head_));
    head_.clear();
  }
  CHECK(crypto_aead_chacha20poly1305_ietf_encrypt(sealed_.data(), nullptr, plain_.data(),
                                                  size_bytes, nullptr, 0, nullptr, nonce_.data(),
                                                  key_.view().data()) == 0);
  nonce_.next();
  return sink_.write(ByteView(sealed_).first(size_bytes + kTagBytes));
}

Status PayloadEncryptor::write(ByteView plaintext) {
  while (!plaintext.empty()) {
    // A full chunk goes only when more follows: the last one carries the mark.
    if (filled_bytes_ == kChunkBytes) {
      VIGIL_TRY(seal(kChunkBytes));
      filled_bytes_ = 0;
    }
    const std::size_t count = std::min(plaintext.size(), kChunkBytes - filled_bytes_);
    std::memcpy(plain_.data() + filled_bytes_, plaintext.data(), count);
    filled_bytes_ += count;
    plaintext = plaintext.subspan(count);
  }
  return {};
}

Status PayloadEncryptor::finish() {
  nonce_.set_last();
  Status done = seal(filled_bytes_);
  wipe(plain_);
  return done;
}

Status decrypt_payload(const SecretBytes& file_key, ByteView nonce, Source& source,
                       Sink& plaintext) {
  const SecretBytes key = hkdf_sha256(file_key.view(), nonce, "payload");
  Bytes sealed(kChunkBytes + kTagBytes);
  Bytes plain(kChunkBytes);
  ChunkNonce counter;
  for (bool first = true, last = false; !last; first = false) {
    VIGIL_ASSIGN(const std::size_t count, source.read(sealed));
    if (count < kTagBytes) return damaged();
    // An empty last chunk is for an empty payload only, or one plaintext would have two files.
    if (count == kTagBytes && !first) return damaged();
    const ByteView chunk = ByteView(sealed).first(count);
    last = count < sealed.size();
    if (last) counter.set_last();
    bool opened = open_chunk(key, counter, chunk, plain);
    if (!opened && !last) {  // a full chunk may be the last one too
      last = true;
      counter.set_last();
      opened = open_chunk(key, counter, chunk, plain);
    }
    if (!opened) return damaged();
    VIGIL_TRY(plaintext.write(ByteView(plain).first(count - kTagBytes)));
    counter.next();
  }
  wipe(plain);
  VIGIL_ASSIGN(const std::size_t more, source.read(std::span(sealed).first(1)));
  if (more != 0) return damaged();
  return {};
}

std::uint64_t file_size_bytes(std::size_t x25519_stanzas, std::uint64_t plaintext_bytes) {
  // "-> X25519 " and 43 digits of share; 43 digits of body; "--- " and 43 digits of MAC.
  constexpr std::uint64_t kStanzaBytes = 10 + 43 + 1 + 43 + 1;
  constexpr std::uint64_t kMacLineBytes = 4 + 43 + 1;
  const std::uint64_t chunks =
      std::max<std::uint64_t>(1, (plaintext_bytes + kChunkBytes - 1) / kChunkBytes);
  return kVersionLine.size() + x25519_stanzas * kStanzaBytes + kMacLineBytes + kNonceBytes +
         plaintext_bytes + chunks * kTagBytes;
}

}  // namespace vigil::crypto::age
