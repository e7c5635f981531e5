package org.raphe.nir;

import java.util.List;
import org.raphe.InputException;
import org.raphe.network.Convolution;
import org.raphe.network.InputShape;

/** The form of a Conv2d node, where it is one that Raphe has. */
final class ConvolutionForm {
  private ConvolutionForm() {}

  /**
   * The form.
   *
   * @param input what the node takes
   * @throws InputException if its kernel is not square, it is dilated, grouped or does not fit
   */
  static Convolution of(String name, NirNode.Conv2d node, InputShape input) {
    List<Integer> weight = node.weightShape();
    int kernel = weight.get(2);
    if (kernel != weight.get(3)) {
      throw refused(name, "has a kernel of " + kernel + " x " + weight.get(3) + "; it is square");
    }
    if (node.groups() != 1) {
      throw refused(name, "has " + node.groups() + " groups; channels are not grouped");
    }
    if (!node.dilation().equals(List.of(1, 1))) {
      throw refused(name, "has dilation " + node.dilation() + "; kernels are not dilated");
    }
    if (weight.get(1) != input.channels()) {
      throw refused(name, "takes " + weight.get(1) + " channels, and is fed " + input.channels());
    }
    int stride = same(name, "stride", node.stride());
    try {
      return new Convolution(
          input, weight.get(0), kernel, stride, padding(name, node, kernel, stride), false);
    } catch (InputException e) {
      throw refused(name, "is not usable: " + e.getMessage());
    }
  }

  private static int padding(String name, NirNode.Conv2d node, int kernel, int stride) {
    if (node.paddingName() == null) {
      return same(name, "padding", node.padding());
    }
    if (node.paddingName().equals("valid")) {
      return 0;
    }
    if (!node.paddingName().equals("same")) {
      throw refused(name, "has padding \"" + node.paddingName() + "\", which NIR does not know");
    }
    if (stride != 1 || kernel % 2 == 0) {
      throw refused(
          name, "has padding \"same\", which is for a stride of 1 and a kernel of odd size");
    }
    return kernel / 2;
  }

  private static int same(String name, String key, List<Integer> both) {
    if (!both.get(0).equals(both.get(1))) {
      throw refused(name, "has " + key + " " + both + "; rows and columns have the same");
    }
    return both.get(0);
  }

  private static InputException refused(String name, String why) {
    return GraphImport.refused(name, "Conv2d", why);
  }
}
