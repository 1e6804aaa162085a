// SPDX-License-Identifier: Apache-2.0
#include "core/vault/attachments.h"

#include <cstdlib>

#include "core/vault/settings.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

using Attachments = VaultTest;

Bytes pattern(std::size_t size) {
  Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::uint8_t>(i * 131 + i / 251);
  return bytes;
}

TEST_F(Attachments, ReadFromAnyOffset) {
  const RecordId record = start_record();
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, kAttachmentChunkBytes - 1,
                                 kAttachmentChunkBytes, 2 * kAttachmentChunkBytes + 5}) {
    const Bytes content = pattern(size);
    const auto id = attach(record, "p" + std::to_string(size), content);
    auto file = open_attachment(*vault_, id);
    ASSERT_TRUE(ok(file));
    EXPECT_EQ((*file)->size_bytes(), size);
    for (const std::size_t offset :
         {std::size_t{0}, size / 3, size - std::min<std::size_t>(size, 1), size, size + 7}) {
      Bytes buffer(size + 10);
      const auto got = (*file)->read_at(offset, buffer);
      ASSERT_TRUE(ok(got));
      const std::size_t left = offset < size ? size - offset : 0;
      ASSERT_EQ(*got, left);
      EXPECT_TRUE(std::equal(buffer.begin(), buffer.begin() + static_cast<long>(left),
                             content.end() - static_cast<long>(left)));
    }
  }
}

TEST_F(Attachments, CutShortIsResumedBehindTheLastDurableChunk) {
  const RecordId record = start_record();
  const Bytes content = pattern(kAttachmentChunkBytes * 2 + 1000);
  AttachmentId id;
  {
    auto writer = begin_attachment(*vault_, record, "/data/video", "v.mp4", "video/mp4");
    ASSERT_TRUE(ok(writer));
    id = (*writer)->id();
    ASSERT_TRUE(ok((*writer)->append(ByteView(content).first(kAttachmentChunkBytes + 500))));
  }
  reopen();
  EXPECT_EQ(code_of(open_attachment(*vault_, id)), "attachment.incomplete");
  auto writer = resume_attachment(*vault_, id);
  ASSERT_TRUE(ok(writer));
  ASSERT_EQ((*writer)->size_bytes(), kAttachmentChunkBytes);
  ASSERT_TRUE(ok((*writer)->append(ByteView(content).subspan(kAttachmentChunkBytes))));
  ASSERT_TRUE(ok((*writer)->commit()));
  EXPECT_EQ(code_of(resume_attachment(*vault_, id)), "attachment.complete");
  EXPECT_EQ(code_of((*writer)->commit()), "attachment.complete");
  auto source = attachment_source(*vault_, id);
  ASSERT_TRUE(ok(source));
  Bytes back(content.size() + 1);
  EXPECT_EQ(*(*source)->read(back), content.size());
  back.pop_back();
  EXPECT_EQ(back, content);
}

TEST_F(Attachments, NamesAreChecked) {
  const RecordId record = start_record();
  for (const char* name : {"", ".x", "A.jpg", "a/b", "a b", "\xc3\xa9"}) {
    EXPECT_EQ(code_of(begin_attachment(*vault_, record, "/data/a", name, "x/y")),
              "attachment.name");
  }
  EXPECT_FALSE(is_attachment_name(std::string(49, 'a')));
  EXPECT_TRUE(is_attachment_name(std::string(48, 'a')));
  attach(record, "a.jpg", pattern(10));
  EXPECT_EQ(code_of(begin_attachment(*vault_, record, "/data/a", "a.jpg", "x/y")),
            "attachment.name");
}

TEST_F(Attachments, RemovedOnesAreGone) {
  const RecordId record = start_record();
  const auto id = attach(record, "a.jpg", pattern(300'000));
  auto file = open_attachment(*vault_, id);
  ASSERT_TRUE(ok(remove_attachment(*vault_, id)));
  EXPECT_EQ(code_of(open_attachment(*vault_, id)), "attachment.absent");
  EXPECT_TRUE(attachments(*vault_, record)->empty());
  Bytes buffer(10);
  EXPECT_EQ(code_of((*file)->read_at(0, buffer)), "vault.damaged")
      << "an open reader gets an error";
}

TEST_F(Attachments, LockedVaultRefusesReadersAndWriters) {
  const RecordId record = start_record();
  const auto id = attach(record, "a.jpg", pattern(300'000));
  auto file = open_attachment(*vault_, id);
  auto writer = begin_attachment(*vault_, record, "/data/photo", "b.jpg", "image/jpeg");
  ASSERT_TRUE(ok((*writer)->append(pattern(10))));
  vault_->lock();
  Bytes buffer(10);
  EXPECT_EQ(code_of((*file)->read_at(0, buffer)), "vault.locked");
  EXPECT_EQ(code_of((*writer)->commit()), "vault.locked");
}

// VIGIL_BIG_MIB=500 in make soak.
TEST_F(Attachments, BigOnesAddLittleMemory) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the sanitizer keeps what is freed";
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  GTEST_SKIP() << "the sanitizer keeps what is freed";
#endif
#endif
  const char* text = std::getenv("VIGIL_BIG_MIB");
  const int mib = text != nullptr ? std::atoi(text) : 48;
  ASSERT_TRUE(ok(install_form(*vault_, {"custody", "1", "Police custody", "<h:html/>", {}})));
  ASSERT_TRUE(ok(put_secret(*vault_, kDeviceKeySecret, device_key_.raw().view())));
  ASSERT_TRUE(ok(put_setting(*vault_, "test-recipient",
                             as_bytes(crypto::age::to_string(general_.recipient())))));
  vault_.reset();
  const auto done =
      vigil::test::run_program({VIGIL_VAULT_PROBE, "attach", folder_, hex_encode(key_.view()),
                                std::to_string(std::int64_t{mib} << 20)});
  ASSERT_EQ(done.exit_status, 0) << done.errors;
  const int added_kib = std::atoi(done.output.c_str());
  EXPECT_GT(added_kib, 0);
  EXPECT_LE(added_kib, 32 * 1024) << "while attaching, reading and sealing " << mib << " MiB";
  std::printf("%d MiB attached, read and sealed with %d KiB more memory\n", mib, added_kib);
}

}  // namespace
}  // namespace vigil::vault::test
