// SPDX-License-Identifier: BSL-1.0
// Updates in place: every kernel reads the state of before the step.
#include "training.hpp"

using namespace planned;
using ramp::ir::reduce_to;

namespace {

struct swapped {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", shape(5, 3));
    value const b = p.parameter("b", shape(5, 3));
    p.update(a, b);
    p.update(b, a * 2.0);
    return p;
  }
};

/// The new value needs elements of the old one at other places.
struct entangled {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", shape(9, 9));
    value const v = p.parameter("v", shape(9));
    p.update(a, a + spread(a, a.space, {1, 0}));
    p.update(v, v / spread(reduce_to<op::sum>(v, {}, 0), v.space, {}));
    return p;
  }
};

/// Two targets get one value, another gets a number.
struct shared {
  static constexpr program build(int) {
    program p;
    value const a = p.parameter("a", shape(6));
    value const b = p.parameter("b", shape(6));
    value const c = p.parameter("c", shape());
    value const mean = (a + b) * 0.5;
    p.update(a, mean);
    p.update(b, mean);
    p.update(c, c * c + c.number(1.0));
    return p;
  }
};

/// A kernel with two phases that updates in the first what the second would like to read again.
struct phases {
  static constexpr program build(int) {
    program p;
    value const w = p.parameter("w", shape(6, 9));
    value const half = w * 0.5;
    value const next = w - half * half;
    value const low = reduce_to<op::reduce_min>(next, dimensions({1}), 1);
    p.update(w, next);
    p.output(half - spread(low, w.space, {1}));
    return p;
  }
};

}  // namespace

TEST_CASE("updates that read each other's target", "[backend]") {
  check_all<swapped>();
  check_all<entangled>();
  check_all<shared>();
  check_all<phases>();
}

TEST_CASE("a training step", "[backend]") {
  check<training<4, 5, 3>, float, 7>(512);
  check<training<4, 5, 3>, double, 7>(512);
  check<training<9, 16, 10>, float, 16>(512);
}

TEST_CASE("a training step in several tiles", "[backend]") {
  check<training<4, 5, 3>, float, 7, 3>(512);
  check<training<4, 5, 3>, double, 4, 2>(512);
}
