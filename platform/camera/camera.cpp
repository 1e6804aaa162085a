// SPDX-License-Identifier: Apache-2.0
#include "platform/camera/camera.h"

#include <cstdlib>
#include <filesystem>

#include <gst/video/video.h>

#include "platform/camera/pipeline.h"

namespace vigil::platform {
namespace {

std::unexpected<Error> absent() {
  return fail(ErrorKind::kNotFound, "camera.absent",
              "This tablet has no camera that Vigil can use. Everything else works; a photo can "
              "also be attached from a stick.");
}

std::unexpected<Error> lost() {
  return fail(ErrorKind::kUnavailable, "camera.lost",
              "The camera does not answer any more. Close this page and open it again.");
}

// "" where there is none.
std::string default_source() {
  if (const char* set = std::getenv("VIGIL_CAMERA"); set != nullptr) return set;
  std::error_code ignored;
  for (int number = 0; number < 10; ++number) {
    const std::string device = "/dev/video" + std::to_string(number);
    if (std::filesystem::exists(device, ignored)) return "v4l2src device=" + device;
  }
  return {};
}

class GstreamerCamera final : public Camera {
 public:
  explicit GstreamerCamera(Pipeline pipeline)
      : pipeline_(std::move(pipeline)), sink_(GST_APP_SINK(part_of(pipeline_, "out"))) {}

  Result<std::optional<Picture>> picture() override {
    if (has_failed(pipeline_) || gst_app_sink_is_eos(sink_) == TRUE) return lost();
    const Sample sample(gst_app_sink_try_pull_sample(sink_, 0));
    if (sample == nullptr) return std::optional<Picture>();
    return copy(sample.get());
  }

 private:
  static Result<std::optional<Picture>> copy(GstSample* sample) {
    GstVideoInfo info;
    GstVideoFrame frame;
    if (gst_video_info_from_caps(&info, gst_sample_get_caps(sample)) == FALSE ||
        gst_video_frame_map(&frame, &info, gst_sample_get_buffer(sample), GST_MAP_READ) == FALSE) {
      return lost();
    }
    Picture picture{GST_VIDEO_FRAME_WIDTH(&frame), GST_VIDEO_FRAME_HEIGHT(&frame), {}};
    const auto* rows = static_cast<const std::uint8_t*>(GST_VIDEO_FRAME_PLANE_DATA(&frame, 0));
    const auto row_bytes = static_cast<std::size_t>(picture.width) * 4;
    picture.rgba.reserve(row_bytes * static_cast<std::size_t>(picture.height));
    for (int row = 0; row < picture.height; ++row) {
      const std::uint8_t* const from =
          rows + static_cast<std::ptrdiff_t>(row) * GST_VIDEO_FRAME_PLANE_STRIDE(&frame, 0);
      picture.rgba.insert(picture.rgba.end(), from, from + row_bytes);
    }
    gst_video_frame_unmap(&frame);
    return std::optional(std::move(picture));
  }

  Pipeline pipeline_;
  GstAppSink* sink_;
};

}  // namespace

Result<std::unique_ptr<Camera>> Camera::open(const std::string& source) {
  const std::string from = source.empty() ? default_source() : source;
  if (from.empty() || !start_gstreamer()) return absent();
  std::string why;
  // Only the newest picture is kept: a slow screen must not fill the memory.
  Pipeline pipeline = play(from +
                               " ! videoconvert ! video/x-raw,format=RGBA ! appsink name=out "
                               "max-buffers=1 drop=true sync=false",
                           why);
  if (pipeline == nullptr) {
    return fail(ErrorKind::kUnavailable, "camera.busy",
                "The camera could not be started (" + why +
                    "). Another program may be using it, or a part is missing: "
                    "gstreamer1.0-plugins-good.");
  }
  return std::unique_ptr<Camera>(new GstreamerCamera(std::move(pipeline)));
}

}  // namespace vigil::platform
