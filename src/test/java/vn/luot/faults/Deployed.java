package vn.luot.faults;

import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives every fault test the same deployment, whole again. */
final class Deployed implements ParameterResolver {
  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext test) {
    return parameter.getParameter().getType().equals(Deployment.class);
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext test) {
    Deployment deployment =
        test.getStore(
                ExtensionContext.StoreScope.LAUNCHER_SESSION,
                ExtensionContext.Namespace.create(Deployed.class))
            .computeIfAbsent(Deployment.class);
    deployment.heal();
    return deployment;
  }
}
