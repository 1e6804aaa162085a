// SPDX-License-Identifier: Apache-2.0
//
// A GStreamer pipeline that ends in our memory. Internal to platform/camera. One thread.
#pragma once

#include <memory>
#include <string>

#include <gst/app/gstappsink.h>
#include <gst/gst.h>

#include "core/base/error.h"

namespace vigil::platform {

struct StopPipeline {
  void operator()(GstElement* pipeline) const;
};
using Pipeline = std::unique_ptr<GstElement, StopPipeline>;

struct UnrefSample {
  void operator()(GstSample* sample) const { gst_sample_unref(sample); }
};
using Sample = std::unique_ptr<GstSample, UnrefSample>;

// Starts GStreamer once. False where it cannot be started at all.
[[nodiscard]] bool start_gstreamer();
// nullptr where an element is missing, with GStreamer's reason in `why`.
[[nodiscard]] Pipeline build(const std::string& description, std::string& why);
// Builds it, sets it playing and waits (at most 3 s) until the device does; nullptr where it
// refuses.
[[nodiscard]] Pipeline play(const std::string& description, std::string& why);
// The element of this name, owned by the pipeline.
[[nodiscard]] GstElement* part_of(const Pipeline& pipeline, const char* name);
// True where the pipeline has said that it broke or ended since.
[[nodiscard]] bool has_failed(const Pipeline& pipeline);

}  // namespace vigil::platform
