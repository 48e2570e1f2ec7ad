package dev.slipgate.testing.simulation;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.function.Consumer;

/**
 * A fault in one method of one class.
 *
 * @param fault how the method's code is made anew; true when there was something to spoil
 */
record Mutation(String className, String method, Fault fault) {
    private static final String PACKAGE = "dev.slipgate.protocol.";

    /** A way to spoil a method. */
    @FunctionalInterface
    interface Fault {
        /** Writes the method's code anew; false when what it would spoil is not there. */
        boolean write(CodeModel code, CodeBuilder out);
    }

    /** The method does this instead, whatever it did. */
    static Mutation instead(String className, String method, Consumer<CodeBuilder> body) {
        return new Mutation(
                PACKAGE + className,
                method,
                (code, out) -> {
                    body.accept(out);
                    return true;
                });
    }

    /** The method answers true, whatever it is asked. */
    static Mutation answersTrue(String className, String method) {
        return instead(className, method, out -> out.iconst_1().ireturn());
    }

    /** Before each call of {@code callee} in the method something happens to what it is given. */
    static Mutation beforeCall(
            String className, String method, String callee, Consumer<CodeBuilder> extra) {
        return replacing(
                className,
                method,
                callee,
                (call, out) -> {
                    extra.accept(out);
                    out.with(call);
                });
    }

    /** Where the method calls {@code callee} it calls another one of the same class and type. */
    static Mutation callsInstead(String className, String method, String callee, String other) {
        return replacing(
                className,
                method,
                callee,
                (call, out) ->
                        out.invokevirtual(call.owner().asSymbol(), other, call.typeSymbol()));
    }

    /** How one call is written anew. */
    @FunctionalInterface
    private interface CallWriter {
        void write(InvokeInstruction call, CodeBuilder out);
    }

    private static Mutation replacing(
            String className, String method, String callee, CallWriter writer) {
        return new Mutation(
                PACKAGE + className,
                method,
                (code, out) -> {
                    boolean found = false;
                    for (var element : code) {
                        if (element instanceof InvokeInstruction call
                                && call.name().equalsString(callee)) {
                            writer.write(call, out);
                            found = true;
                        } else {
                            out.with(element);
                        }
                    }
                    return found;
                });
    }

    /**
     * The class with the fault in it.
     *
     * @throws IllegalStateException when the class has changed so that there is nothing to spoil
     */
    byte[] plant(byte[] original, ClassLoader loader) {
        var resolver = ClassHierarchyResolver.ofResourceParsing(loader);
        ClassFile files =
                ClassFile.of(
                        ClassHierarchyResolverOption.of(
                                resolver.orElse(ClassHierarchyResolver.defaultResolver())));
        ClassModel model = files.parse(original);
        boolean[] planted = {false};
        ClassTransform transform =
                (builder, element) -> {
                    if (element instanceof MethodModel each
                            && each.methodName().equalsString(method)) {
                        builder.transformMethod(
                                each,
                                (methodBuilder, part) -> {
                                    if (part instanceof CodeModel code) {
                                        methodBuilder.withCode(
                                                out -> planted[0] |= fault.write(code, out));
                                    } else {
                                        methodBuilder.with(part);
                                    }
                                });
                    } else {
                        builder.with(element);
                    }
                };
        byte[] mutated = files.transformClass(model, transform);
        if (!planted[0]) {
            throw new IllegalStateException("nothing to spoil in " + className + "." + method);
        }
        return mutated;
    }
}
