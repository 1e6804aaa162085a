// SPDX-License-Identifier: Apache-2.0
#include "core/log/tile_batch.h"

#include <atomic>
#include <thread>

namespace vigil::log {
namespace {

// A sync waits for the medium, not for a processor: several at once share one of its commits.
constexpr std::size_t kSyncThreads = 8;

}  // namespace

Status TileBatch::add(const std::string& path, Bytes content) {
  const std::string directory = path.substr(0, path.rfind('/'));
  Last& last = last_[directory];
  if (!last.path.empty()) VIGIL_TRY(write(last));
  last = {path, std::move(content)};
  return {};
}

Status TileBatch::write(const Last& file) {
  VIGIL_TRY(files_.remove(file.path));
  VIGIL_ASSIGN(std::unique_ptr<WritableFile> opened, files_.create(file.path));
  VIGIL_TRY(opened->append(file.content));
  open_.push_back(std::move(opened));
  return open_.size() < kOpenLimit ? Status{} : sync_open();
}

Status TileBatch::sync_open() {
  std::vector<Status> done(open_.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < open_.size(); i = next++) done[i] = open_[i]->sync();
  };
  {
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min(kSyncThreads, open_.size()); ++i)
      others.emplace_back(work);
    work();
  }
  open_.clear();
  for (Status& status : done) VIGIL_TRY(std::move(status));
  return {};
}

Status TileBatch::finish() {
  VIGIL_TRY(sync_open());
  for (const auto& [directory, last] : last_)
    VIGIL_TRY(files_.write_atomically(last.path, last.content, false));
  last_.clear();
  return {};
}

}  // namespace vigil::log
