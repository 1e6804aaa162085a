// SPDX-License-Identifier: Apache-2.0
//
// All bundles on their way in: uploads/<bundle id>.json says what was announced, .part holds what
// has come. The bundle id names the upload too, so the same announcement always leads to the same
// place, before and after a restart. Thread: safe from any.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "core/base/clock.h"
#include "core/base/files.h"
#include "sync/hub/upload.h"

namespace vigil::hub {

class Uploads {
 public:
  // Reads what a former run left in `folder`; an announcement without bytes counts as empty, bytes
  // without an announcement, and announcements that cannot be read, are removed: the tablet starts
  // that one over.
  [[nodiscard]] static Result<std::unique_ptr<Uploads>> open(Files& files, std::string folder);

  // nullptr where there is none.
  [[nodiscard]] std::shared_ptr<Upload> find(const bundle::BundleId& id);
  // The one with this id, made now if it is new. kConflict "hub.length": announced before with
  // another length; kUnavailable "hub.busy": `limit` uploads are open already.
  [[nodiscard]] Result<std::shared_ptr<Upload>> find_or_create(const UploadTicket& ticket,
                                                               std::size_t limit);
  // Removes the announcement and whatever bytes are still in uploads/.
  [[nodiscard]] Status remove(const bundle::BundleId& id);
  // Those past their time; returns how many went.
  std::size_t remove_expired(WallTime now);
  // Those of which every byte has come.
  [[nodiscard]] std::vector<std::shared_ptr<Upload>> complete();

  [[nodiscard]] std::vector<bundle::BundleId> ids();

 private:
  Uploads(Files& files, std::string folder) : files_(files), folder_(std::move(folder)) {}
  [[nodiscard]] std::string path(const bundle::BundleId& id, std::string_view ending) const;
  Status load(const std::string& name);
  [[nodiscard]] std::vector<std::shared_ptr<Upload>> all();

  Files& files_;
  const std::string folder_;
  std::mutex mutex_;
  std::map<bundle::BundleId, std::shared_ptr<Upload>> uploads_;
};

}  // namespace vigil::hub
