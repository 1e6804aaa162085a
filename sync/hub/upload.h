// SPDX-License-Identifier: Apache-2.0
//
// One bundle on its way in: a file that only grows, and who may write to it now. What a HEAD or a
// finished PATCH tells is on the medium before it is told. Thread: safe from any.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "core/bundle/manifest.h"

namespace vigil::hub {

// What the tablet announced, verified before the first byte. Kept beside the bytes as JSON, so that
// a hub that starts again knows what it was receiving.
struct UploadTicket {
  bundle::BundleId id;
  std::uint64_t length_bytes = 0;
  WallTime expires;
  std::string manifest_json;
  std::string signature_file;
};

class Upload {
 public:
  // `size_bytes` is what lies at `path` already.
  Upload(Files& files, std::string path, UploadTicket ticket, std::uint64_t size_bytes);

  [[nodiscard]] const UploadTicket& ticket() const { return ticket_; }
  [[nodiscard]] const std::string& path() const { return path_; }

  // The bytes that are safe. An earlier writer whose connection may be dead is shut out at once, so
  // that what is told here stays true.
  [[nodiscard]] Result<std::uint64_t> durable_offset();

  // Makes the caller the only writer. kConflict "hub.offset": the file is not at `offset_bytes`.
  [[nodiscard]] Result<std::uint64_t> begin_write(std::uint64_t offset_bytes);
  // `writer` is what begin_write() returned. kConflict "hub.preempted": another writer took over;
  // kInvalid "hub.length": more than was announced; kStorage: the disk.
  [[nodiscard]] Status append(std::uint64_t writer, ByteView bytes);
  // Synced; the offset that may be acknowledged. kConflict "hub.preempted".
  [[nodiscard]] Result<std::uint64_t> finish_write(std::uint64_t writer);

  // One caller at a time checks and files a whole upload; the others wait here. False: somebody
  // else has finished it meanwhile.
  [[nodiscard]] bool begin_filing();
  // `filed`: it is a bundle now, or refused; this upload is over. Else it may be tried again.
  void end_filing(bool filed);

 private:
  Status open_file();
  Result<std::uint64_t> sync_locked();

  Files& files_;
  const std::string path_;
  const UploadTicket ticket_;

  std::mutex mutex_;
  std::condition_variable filing_over_;
  std::unique_ptr<WritableFile> file_;
  std::uint64_t size_bytes_;
  std::uint64_t synced_bytes_ = 0;
  std::uint64_t writer_ = 0;  // grows with each new writer; only the last may write
  enum class Filing { kNo, kNow, kOver } filing_ = Filing::kNo;
};

[[nodiscard]] std::string emit_ticket(const UploadTicket& ticket);
[[nodiscard]] Result<UploadTicket> parse_ticket(std::string_view text);

}  // namespace vigil::hub
