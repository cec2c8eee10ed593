package vn.luot.executable;

import static org.objectweb.asm.Opcodes.DUP;
import static org.objectweb.asm.Opcodes.DUP2;
import static org.objectweb.asm.Opcodes.INVOKESTATIC;
import static org.objectweb.asm.Opcodes.POP;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * Lets {@link Lookups} know of every call in the application's and its libraries' classes that
 * looks something up by a name. Constant names are left out: an executable's build sees them.
 */
public final class LookupAgent implements ClassFileTransformer {
  private static final String LOOKUPS = "vn/luot/executable/Lookups";
  private static final String CLASS = "Ljava/lang/Class;";
  private static final String STRING = "Ljava/lang/String;";

  /** In the bytes of each class that calls any of it. */
  private static final List<String> NAMES =
      List.of(
          "forName",
          "findClass",
          "loadClass",
          "getResource",
          "getConstructor",
          "getDeclared",
          "getMethod",
          "getField",
          "getRecordComponents",
          "newInstance",
          "newProxyInstance",
          "java/util/ServiceLoader");

  /** As many instructions as it takes to name a class, a flag and the thread's class loader. */
  private static final int ARGUMENTS = 4;

  private static final String LISTS =
      "getConstructors getDeclaredConstructors getMethods getDeclaredMethods getFields"
          + " getDeclaredFields getRecordComponents newInstance";

  /** Calls that become one of {@link Lookups}, which is told where, does the same and notes it. */
  private static final Map<String, String> REPLACED =
      Map.of(
          "java/lang/Class.forName(Ljava/lang/String;ZLjava/lang/ClassLoader;)",
          "forName",
          "java/lang/Class.getMethod(Ljava/lang/String;[Ljava/lang/Class;)",
          "getMethod",
          "java/lang/Class.getDeclaredMethod(Ljava/lang/String;[Ljava/lang/Class;)",
          "getDeclaredMethod",
          "java/lang/reflect/Proxy.newProxyInstance(Ljava/lang/ClassLoader;[Ljava/lang/Class;"
              + "Ljava/lang/reflect/InvocationHandler;)",
          "newProxyInstance");

  public static void premain(String file, Instrumentation instrumentation) throws Exception {
    Lookups.begin(Path.of(file));
    instrumentation.addTransformer(new LookupAgent());
  }

  @Override
  public byte[] transform(
      ClassLoader loader, String name, Class<?> type, ProtectionDomain domain, byte[] bytes) {
    if (loader == null || name == null || name.startsWith("io/quarkus/bootstrap/runner/")) {
      return null;
    }
    String constants = new String(bytes, StandardCharsets.ISO_8859_1);
    if (NAMES.stream().noneMatch(constants::contains)) {
      return null;
    }
    ClassNode node = new ClassNode();
    new ClassReader(bytes).accept(node, 0);
    boolean changed = false;
    for (MethodNode method : node.methods) {
      String where = name.replace('/', '.') + "." + method.name;
      for (AbstractInsnNode code : method.instructions.toArray()) {
        changed |= code instanceof MethodInsnNode call && note(method.instructions, call, where);
      }
    }
    if (!changed) {
      return null;
    }
    ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
    node.accept(writer);
    return writer.toByteArray();
  }

  /** Whether anything was put in front of this call, or in its place. */
  private static boolean note(InsnList code, MethodInsnNode call, String where) {
    String arguments = call.desc.substring(0, call.desc.indexOf(')') + 1);
    String replacement = REPLACED.get(call.owner + "." + call.name + arguments);
    boolean byName = call.name.equals("forName") || call.name.startsWith("getResource");
    boolean constant =
        isOf(byName || call.name.equals("loadClass") ? String.class : Type.class, call);
    if (replacement != null && !constant) {
      boolean ofInstance = call.getOpcode() != INVOKESTATIC;
      code.insertBefore(call, new LdcInsnNode(where));
      call.setOpcode(INVOKESTATIC);
      call.desc =
          "(" + (ofInstance ? CLASS : "") + call.desc.substring(1).replace(")", STRING + ")");
      call.owner = LOOKUPS;
      call.name = replacement;
      return true;
    }
    return switch (call.owner + "." + call.name + arguments) {
      case "java/lang/Class.forName(Ljava/lang/String;)",
          "java/lang/invoke/MethodHandles$Lookup.findClass(Ljava/lang/String;)" ->
          !constant && put(code, call, where, "type", STRING, DUP);
      case "java/lang/Class.getConstructor([Ljava/lang/Class;)",
          "java/lang/Class.getDeclaredConstructor([Ljava/lang/Class;)",
          "java/lang/Class.getField(Ljava/lang/String;)",
          "java/lang/Class.getDeclaredField(Ljava/lang/String;)" ->
          !constant && put(code, call, where, "members", CLASS, DUP2, POP);
      case "java/lang/Class.getResource(Ljava/lang/String;)",
          "java/lang/Class.getResourceAsStream(Ljava/lang/String;)" ->
          !constant && put(code, call, where, "resource", CLASS + STRING, DUP2);
      case "java/util/ServiceLoader.load(Ljava/lang/Class;)" ->
          put(code, call, where, "service", CLASS, DUP);
      case "java/util/ServiceLoader.load(Ljava/lang/Class;Ljava/lang/ClassLoader;)" ->
          put(code, call, where, "service", CLASS, DUP2, POP);
      default -> !constant && noteByName(code, call, where, arguments);
    };
  }

  private static boolean noteByName(
      InsnList code, MethodInsnNode call, String where, String arguments) {
    boolean ofName = arguments.equals("(Ljava/lang/String;)");
    if (ofName && call.name.equals("loadClass")) {
      return put(code, call, where, "type", STRING, DUP);
    }
    if (ofName && call.name.startsWith("getResource") && call.owner.endsWith("ClassLoader")) {
      return put(code, call, where, "resource", STRING, DUP);
    }
    return call.owner.equals("java/lang/Class")
        && arguments.equals("()")
        && LISTS.contains(call.name)
        && put(code, call, where, "members", CLASS, DUP);
  }

  /** Whether one of the last instructions, which make its arguments, is a constant of this type. */
  private static boolean isOf(Class<?> constant, AbstractInsnNode call) {
    AbstractInsnNode before = call.getPrevious();
    for (int looked = 0; before != null && looked < ARGUMENTS; before = before.getPrevious()) {
      if (before instanceof LdcInsnNode load && constant.isInstance(load.cst)) {
        return true;
      }
      if (before instanceof MethodInsnNode other && other.owner.equals(LOOKUPS)) {
        return false;
      }
      looked += before.getOpcode() < 0 ? 0 : 1;
    }
    return false;
  }

  private static boolean put(
      InsnList code,
      MethodInsnNode call,
      String where,
      String note,
      String arguments,
      int... copies) {
    for (int copy : copies) {
      code.insertBefore(call, new InsnNode(copy));
    }
    code.insertBefore(call, new LdcInsnNode(where));
    code.insertBefore(
        call,
        new MethodInsnNode(
            Opcodes.INVOKESTATIC, LOOKUPS, note, "(" + arguments + STRING + ")V", false));
    return true;
  }
}
