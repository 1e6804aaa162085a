// SPDX-License-Identifier: Apache-2.0
//
// A real vault in a folder of its own, on the real disk, with a clock turned by hand.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/crypto/age.h"
#include "core/crypto/minisign.h"
#include "core/vault/answers.h"
#include "core/vault/attachments.h"
#include "core/vault/finalise.h"
#include "core/vault/forms_store.h"
#include "core/vault/store.h"
#include "core/vault/vault.h"
#include "core/vault/visits.h"
#include "platform/posix_files.h"
#include "tests/support/run_program.h"

namespace vigil::vault::test {

class ManualClock final : public Clock {
 public:
  WallTime now() const override { return wall; }
  std::int64_t monotonic_ms() const override { return monotonic; }
  int utc_offset_minutes(WallTime) const override { return 0; }
  WallTime wall{1'753'000'000'000};
  std::int64_t monotonic = 1'000'000;
};

inline crypto::SecretBytes passphrase(std::string_view text = "seven quiet herons") {
  return crypto::SecretBytes::copy_of(as_bytes(text));
}

// For ASSERT_TRUE(ok(...)): shows the error's code and message.
template <typename T>
testing::AssertionResult ok(const Result<T>& result) {
  if (result.has_value()) return testing::AssertionSuccess();
  return testing::AssertionFailure() << result.error().code << ": " << result.error().message;
}
template <typename T>
std::string code_of(const Result<T>& result) {
  return result.has_value() ? "" : result.error().code;
}

// A new, empty, open vault under `folder` without slots: the tests of what is stored need no key
// derivation, which takes a third of a second.
VaultPointer make_keyed_vault(const Host& host, const std::string& folder,
                              const crypto::SecretBytes& key);

class VaultTest : public testing::Test {
 protected:
  VaultTest();

  void reopen();
  // Installs a checklist, makes a visit with one record of it.
  RecordId start_record();
  AttachmentId attach(RecordId record, std::string_view name, ByteView content);
  // Recipients whose identities the fixture holds.
  FinaliseRequest request() const;

  vigil::test::TemporaryFolder temporary_;
  std::string folder_;
  std::unique_ptr<Files> files_;
  ManualClock clock_;
  Host host_;
  crypto::SecretBytes key_;
  VaultPointer vault_;
  Visit visit_;
  crypto::minisign::SecretKey device_key_;
  crypto::age::Identity general_;
  crypto::age::Identity restricted_;
};

}  // namespace vigil::vault::test
